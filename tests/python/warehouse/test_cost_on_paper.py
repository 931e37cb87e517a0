"""Cost on paper: the arithmetic, and that no model that reads plays is forgotten."""

from __future__ import annotations

import re

import pytest

from ott.bigquery import cost
from ott.bigquery.duckdb_build import build
from ott.contract import PROJECT_DIR


@pytest.fixture(scope="module")
def sizes(compiled, tmp_path_factory) -> cost.Sizes:
    """Sizes in which every value has 10 bytes and every relation 100 rows."""
    con = build(compiled(), tmp_path_factory.mktemp("empty"), "pepper")
    columns: dict[str, dict[str, float]] = {}
    for table, column in con.execute(
        "select table_name, column_name from information_schema.columns"
    ).fetchall():
        columns.setdefault(table, {})[column] = 10.0
    con.close()
    return cost.Sizes(columns, dict.fromkeys(columns, 100))


def test_every_table_that_reads_plays_is_estimated(
    compiled_for_bigquery, sizes
) -> None:
    found = {
        (one.model, one.relation): one
        for one in cost.reads(compiled_for_bigquery, sizes)
    }
    assert {
        ("int_restricted__viewing_logs_judged", "viewing_log"),
        ("int_restricted__watched_plays", "int_restricted__viewing_logs_judged"),
        ("int_viewing__plays", "int_restricted__watched_plays"),
        ("viewing_daily", "int_viewing__plays"),
        ("int_first_view__views", "int_viewing__plays"),
    } <= set(found)
    # a staging view is followed to the raw table, and only the columns in use count
    hashes = found["int_restricted__account_hashes", "viewing_log"]
    assert hashes.columns == ("uno",)
    assert hashes.row_bytes == 10
    daily = found["viewing_daily", "int_viewing__plays"]
    assert {"view_date", "hash_uno", "watched_seconds"} <= set(daily.columns)
    assert "log_id" not in daily.columns


def test_scanned_is_bytes_times_rows_times_days() -> None:
    raw = cost.Read("m", "viewing_log", ("uno",), 20.0, 1.0, is_raw=True)
    kept = cost.Read("m", "plays", ("uno",), 20.0, 0.5, is_raw=False)
    assert raw.scanned(1_000, 2) == 40_000
    assert kept.scanned(1_000, 2) == 20_000
    assert (raw.daily_days, kept.daily_days) == (6, 4)
    assert cost.usd(2**40) == 6.25


def test_the_page_says_that_it_is_an_estimate_and_its_totals_add_up() -> None:
    text = (PROJECT_DIR / "models/cost_on_paper.md").read_text(encoding="utf-8")
    assert "An estimate, not a bill" in text
    rows = [line.split("|")[1:-1] for line in text.splitlines() if "| " in line]
    numbers = [
        [float(re.sub(r"[*, ]", "", cell)) for cell in row[4:]]
        for row in rows
        if re.search(r"\d", row[-1])
    ]
    *models, total = numbers
    assert len(models) >= 8
    for position, value in enumerate(total):
        summed = sum(row[position] for row in models)
        assert summed == pytest.approx(value, abs=len(models))
