"""Texts that a spreadsheet would take for formulas are inert in a CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from ott.export import export_mart


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *(("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a")),
        *(("\ta", "'\ta"), ("\ra", "'\ra"), ("\na", "'\na"), ("＝1", "'＝1")),
        *(("a=1", "a=1"), ("'=1", "'=1"), ("", ""), ("가-1", "가-1"), (" =1", " =1")),
    ],
)
def test_a_text_that_begins_as_a_formula_gets_an_apostrophe(
    tmp_path: Path, text: str, written: str
) -> None:
    out = tmp_path / "mart.csv"
    with duckdb.connect() as con:
        con.execute("create schema marts")
        con.execute("create table marts.m as select ? as text, -1 as number", [text])
        export_mart(con, "m", out)
    with out.open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [{"text": written, "number": "-1"}]
