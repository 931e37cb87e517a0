"""Texts that a spreadsheet would take for formulas are inert in every export."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from corpus.specimens import FORMULAS, TEXTS
from ott.export import export_mart

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


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


def test_no_text_of_the_corpus_is_a_formula_in_any_export(tmp_path: Path) -> None:
    texts = [text for text in TEXTS.values() if text]
    with duckdb.connect() as con:
        con.execute("create schema marts")
        con.execute("create table marts.m as select unnest(?) as text", [texts])
        export_mart(con, "m", tmp_path / "m.xlsx")
        export_mart(con, "m", tmp_path / "m.csv")
    with zipfile.ZipFile(tmp_path / "m.xlsx") as book:
        names = book.namelist()
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    cells = sheet.findall(f".//{SHEET}c")
    assert {cell.get("t") for cell in cells} == {"inlineStr"}
    assert len(cells) == 1 + len(texts)
    assert sheet.findall(f".//{SHEET}f") == sheet.findall(f".//{SHEET}hyperlink") == []
    # nothing that runs or reaches out lies beside the sheet either
    assert not [name for name in names if "external" in name or "vba" in name]
    with (tmp_path / "m.csv").open(encoding="utf-8", newline="") as file:
        written = [row["text"] for row in csv.DictReader(file)]
    assert len(written) == len(texts)
    assert [text for text in written if text.startswith(BEGINNINGS)] == []
    assert sum(text.startswith("'") for text in written) >= len(FORMULAS)
