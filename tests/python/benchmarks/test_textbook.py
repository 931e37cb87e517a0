"""The textbook SQL returns the rows of the core marts that the definitions ask for.

`test_marts_equal_reference` holds the project's own marts to the same reference, on the
same kind of random data.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness.rows import COLUMNS, CORE, VIEWING, count_other_rows

from ott.contract import PROJECT_DIR
from reference.generate import RUN_DATE, random_raw, write_raw
from reference.marts import build_marts

SCRIPT = PROJECT_DIR / "benchmarks" / "contenders" / "textbook_duckdb.py"
PRODUCTS = list(csv.DictReader((PROJECT_DIR / "seeds/products.csv").open()))


def textbook(seed: int, folder: Path, *options: str) -> tuple[Path, dict[str, Any]]:
    """Run the textbook SQL on random raw data; its file, and what should be in it."""
    raw = random_raw(seed, plays=400)
    write_raw(raw, folder / "raw")
    out = folder / "viewing_daily.parquet"
    given = ["--raw", folder / "raw", "--out", out, "--run-date", str(RUN_DATE)]
    subprocess.run([sys.executable, SCRIPT, *given, *options], check=True)
    return out, build_marts(raw, RUN_DATE, "pepper", PRODUCTS)


def assert_equal(mart: str, out: Path, expected: list[dict[str, Any]]) -> None:
    columns = COLUMNS[mart]
    casts = ", ".join(f"cast({name} as {kind})" for name, kind in columns.items())
    actual = duckdb.sql(f"select {casts} from '{out}'").fetchall()
    assert expected
    assert list(expected[0]) == list(columns)
    assert Counter(actual) == Counter(tuple(row.values()) for row in expected)


@pytest.mark.parametrize("seed", range(6))
def test_textbook_sql_equals_the_reference(seed: int, tmp_path: Path) -> None:
    out, expected = textbook(seed, tmp_path)
    assert_equal("viewing_daily", out, expected["viewing_daily"])


@pytest.mark.parametrize("seed", range(6))
def test_textbook_sql_of_all_core_marts_equals_it_too(
    seed: int, tmp_path: Path
) -> None:
    out, expected = textbook(seed, tmp_path, "--marts", "all")
    for mart in CORE:
        assert_equal(mart, out.with_name(f"{mart}.parquet"), expected[mart])


def test_other_rows_are_counted_on_both_sides(tmp_path: Path) -> None:
    empty = ", ".join(
        f"cast(null as {kind}) as {n}" for n, kind in COLUMNS[VIEWING].items()
    )

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
