"""What dbt-bigquery asks the service for where the tables are there already.

Each windowed table gets its dates emptied and filled again in one statement that names
them, so that BigQuery touches those partitions alone; account hashes are added.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import pytest

from ott.bigquery.recorded import NEXT, Recorded, record
from ott.bigquery.render import Node, Project

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("recorded")]

RUN_DATE = "2026-03-24"
DAILY = {"OTT_RUN_DATE": RUN_DATE}
BACKFILL = DAILY | {"OTT_START_DATE": "2025-12-30", "OTT_END_DATE": "2026-01-02"}

# table: (first, last) date that the daily run of RUN_DATE rewrites; of weeks, Mondays
DATES = {
    "int_restricted__resent_viewing_logs": ("2026-03-20", "2026-03-25"),
    "int_restricted__watched_plays": ("2026-03-21", "2026-03-24"),
    "int_restricted__push_views": ("2026-03-21", "2026-03-24"),
    "int_restricted__account_viewing": ("2026-03-20", "2026-03-24"),
    "int_restricted__account_favourites": ("2026-03-20", "2026-03-24"),
    "int_restricted__viewing_quintiles": ("2026-03-20", "2026-03-24"),
    "int_restricted__account_snapshots": ("2026-03-20", "2026-03-24"),
    "quarantine_player": ("2026-03-19", "2026-03-25"),
    "int_reconciliation__viewing_log_days": ("2026-03-19", "2026-03-25"),
    "int_reconciliation__built_days": ("2026-03-21", "2026-03-24"),
    "int_restricted__viewing_days": ("2026-03-21", "2026-03-24"),
    "int_restricted__viewing_weeks": ("2026-03-16", "2026-03-23"),
    "int_restricted__program_audience_weeks": ("2026-03-16", "2026-03-23"),
    "int_restricted__program_pair_weeks": ("2026-03-16", "2026-03-23"),
    "int_viewing__program_hour_weeks": ("2026-03-16", "2026-03-23"),
    "int_viewing__service_weeks": ("2026-03-16", "2026-03-23"),
    "int_restricted__first_viewing_weeks": ("2026-03-16", "2026-03-23"),
    "int_restricted__program_staying_weeks": ("2026-02-09", "2026-03-23"),
    "int_viewing__program_weeks": ("2026-03-16", "2026-03-23"),
    "int_viewing__program_days": ("2026-03-21", "2026-03-24"),
    "int_viewing__overlap_days": ("2026-03-21", "2026-03-24"),
    "int_viewing__overlap_baselines": ("2026-03-21", "2026-03-24"),
    "int_data_quality__viewing_codes": ("2026-03-19", "2026-03-25"),
    "int_data_quality__play_counts": ("2026-03-21", "2026-03-24"),
    "int_data_quality__refused_counts": ("2026-03-19", "2026-03-25"),
    "int_data_quality__play_arrivals": ("2026-03-21", "2026-03-25"),
    "int_first_view__views": ("2026-03-21", "2026-03-24"),
    "int_first_view__program_days": ("2026-03-21", "2026-03-24"),
}
# and where it rewrites 2025-12-30 to 2026-01-02: an overlap of a day, a week compared
BACKFILLED = {
    "int_restricted__resent_viewing_logs": ("2025-12-29", "2026-03-25"),
    "int_restricted__watched_plays": ("2025-12-30", "2026-01-03"),
    "int_restricted__push_views": ("2025-12-30", "2026-01-03"),
    "int_restricted__account_viewing": ("2025-12-29", "2026-01-30"),
    "int_restricted__account_favourites": ("2025-12-29", "2026-01-30"),
    "int_restricted__viewing_quintiles": ("2025-12-29", "2026-01-30"),
    "int_restricted__account_snapshots": ("2025-12-29", "2026-01-30"),
    "quarantine_player": ("2025-12-28", "2026-03-25"),
    "int_reconciliation__viewing_log_days": ("2025-12-28", "2026-03-25"),
    "int_reconciliation__built_days": ("2025-12-30", "2026-01-02"),
    "int_restricted__viewing_days": ("2025-12-30", "2026-01-03"),
    "int_restricted__viewing_weeks": ("2025-12-29", "2025-12-29"),
    "int_restricted__program_audience_weeks": ("2025-12-29", "2025-12-29"),
    "int_restricted__program_pair_weeks": ("2025-12-29", "2025-12-29"),
    "int_viewing__program_hour_weeks": ("2025-12-29", "2025-12-29"),
    "int_viewing__service_weeks": ("2025-12-29", "2025-12-29"),
    "int_restricted__first_viewing_weeks": ("2025-12-29", "2026-03-23"),
    "int_restricted__program_staying_weeks": ("2025-11-24", "2025-12-29"),
    "int_viewing__program_weeks": ("2025-12-29", "2026-03-23"),
    "int_viewing__program_days": ("2025-12-30", "2026-01-03"),
    "int_viewing__overlap_days": ("2025-12-30", "2026-01-03"),
    "int_viewing__overlap_baselines": ("2025-12-30", "2026-02-28"),
    "int_data_quality__viewing_codes": ("2025-12-28", "2026-03-25"),
    "int_data_quality__play_counts": ("2025-12-30", "2026-01-03"),
    "int_data_quality__refused_counts": ("2025-12-28", "2026-03-25"),
    "int_data_quality__play_arrivals": ("2025-12-30", "2026-03-25"),
    "int_first_view__views": ("2025-12-30", "2026-01-03"),
    "int_first_view__program_days": ("2025-12-30", "2026-01-10"),
}
APPENDED = "int_restricted__account_hashes"


@cache
def recorded(is_backfill: bool = False) -> Recorded:
    return record(run=NEXT, environment=BACKFILL if is_backfill else DAILY)


def addition(name: str, is_backfill: bool = False) -> str:
    """The statement that adds to a table, in one line."""
    return re.sub(r"\s+", " ", recorded(is_backfill).addition_to(name))


def emptied(name: str, is_backfill: bool = False) -> list[str]:
    """The dates of which the statement takes all rows away."""
    statement = addition(name, is_backfill)
    condition = re.search(r"not matched by source and (.+?) then delete", statement)
    return re.findall(r"date '([0-9-]+)'", condition.group(1))


def days(name: str, first: str, last: str) -> list[str]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    step = 7 if name.endswith("_weeks") else 1
    return [str(begin + timedelta(n)) for n in range(0, (end - begin).days + 1, step)]


@pytest.fixture(scope="module")
def incremental(compiled_for_bigquery: Project) -> dict[str, Node]:
    return {
        node.name: node
        for node in compiled_for_bigquery.of_kind("model")
        if node.config["materialized"] == "incremental"
    }


def test_every_incremental_table_has_its_dates_written_down(incremental) -> None:
    assert set(incremental) == {*DATES, APPENDED}
    assert set(BACKFILLED) == set(DATES)


@pytest.mark.parametrize("name", DATES)
def test_a_run_empties_and_fills_the_dates_of_its_window(name: str) -> None:
    assert emptied(name) == days(name, *DATES[name])


@pytest.mark.parametrize("name", BACKFILLED)
def test_a_backfill_empties_and_fills_the_days_that_they_touch(name: str) -> None:
    assert emptied(name, is_backfill=True) == days(name, *BACKFILLED[name])


@pytest.mark.parametrize("name", DATES)
def test_a_window_is_put_in_place_by_one_statement_on_its_partitions(
    incremental, name: str
) -> None:
    node, statement = incremental[name], addition(name)
    partition = node.config["partition_by"]["field"]
    assert partition == node.config["meta"]["window"]["field"]
    # nothing is matched: the condition on the partition alone chooses what goes
    assert "as DBT_INTERNAL_SOURCE on FALSE when not matched by source" in statement
    assert f"and date(dbt_internal_dest.{partition}) in ( date '" in statement
    listed = ", ".join(f"`{column}`" for column in node.raw["columns"])
    inserted = f"then insert ({listed}) values ({listed})"
    assert inserted in statement
    assert statement.count("merge into") == statement.count("then delete") == 1


def test_account_hashes_are_added_and_none_is_touched() -> None:
    statement = addition(APPENDED)
    assert "on (FALSE) when not matched then insert (`uno`, `hash_uno`)" in statement
    assert "delete" not in statement
    assert "update" not in statement
    added = next(s for s in recorded().statements if f"`{APPENDED}__dbt_tmp" in s)
    assert f"select uno from `recorded`.`restricted`.`{APPENDED}`" in added
    assert "where hashed.uno is null" in added


def test_what_is_computed_first_expires_and_can_be_read_without_a_filter() -> None:
    for name in (*DATES, APPENDED):
        (created,) = (
            statement.split("\n    as (")[0]
            for statement in recorded().statements
            if re.search(rf"create or replace table [^\n]*`{name}__dbt_tmp", statement)
        )
        assert "INTERVAL 12 hour" in created, name
        assert "require_partition_filter" not in created, name


def test_no_table_of_many_days_is_made_anew() -> None:
    made = " ".join(
        re.search(r"create or replace (.*)", s).group(1)
        for s in recorded().statements
        if "create or replace table" in s
    )
    assert [name for name in (*DATES, APPENDED) if f"`{name}`" in made] == []
    # the check itself: a table that every run makes anew is found
    assert "`log_reconciliation`" in made
