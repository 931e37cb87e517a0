"""The textbook SQL returns the rows of viewing_daily that the definitions ask for.

`test_marts_equal_reference` holds the project's own mart to the same reference, on the
same kind of random data.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from harness.rows import COLUMNS, count_other_rows

from ott.contract import PROJECT_DIR
from reference.generate import RUN_DATE, random_raw, write_raw
from reference.marts import build_marts

SCRIPT = PROJECT_DIR / "benchmarks" / "contenders" / "textbook_duckdb.py"


@pytest.mark.parametrize("seed", range(6))
def test_textbook_sql_equals_the_reference(seed: int, tmp_path: Path) -> None:
    raw = random_raw(seed, plays=400)
    write_raw(raw, tmp_path / "raw")
    out = tmp_path / "out.parquet"
    options = ["--raw", tmp_path / "raw", "--out", out, "--run-date", str(RUN_DATE)]
    subprocess.run([sys.executable, SCRIPT, *options], check=True)
    actual = duckdb.sql(f"select {', '.join(COLUMNS)} from '{out}'").fetchall()
    expected = build_marts(raw, RUN_DATE, "pepper", [])["viewing_daily"]
    assert expected
    assert list(expected[0]) == list(COLUMNS)
    assert Counter(actual) == Counter(tuple(row.values()) for row in expected)


def test_other_rows_are_counted_on_both_sides(tmp_path: Path) -> None:
    empty = ", ".join(f"cast(null as {kind}) as {n}" for n, kind in COLUMNS.items())

    def mart(name: str, *views: int) -> Path:
        path = tmp_path / f"{name}.parquet"
        rows = " union all ".join(
            f"select * replace ({number} as views) from (select {empty})"
            for number in views
        )
        duckdb.sql(rows).write_parquet(str(path))
        return path

    assert count_other_rows(mart("a", 1, 2), mart("b", 2, 1)) == 0
    assert count_other_rows(mart("a", 1, 2), mart("b", 1, 3)) == 2
    assert count_other_rows(mart("a", 1, 1), mart("b", 1)) == 1
