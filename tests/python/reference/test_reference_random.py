"""Invariants on random data, the data's density, and its Parquet files."""

from __future__ import annotations

import csv
import time
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import duckdb
import pytest
from hypothesis import given, settings

from ott.contract import PROJECT_DIR

from .contract import TABLES
from .generate import RUN_DATE, random_raw, raw_data, write_raw
from .generate_common import with_mark
from .instants import SECOND
from .marts import build_marts, build_warehouse
from .raw import Settings

with open(PROJECT_DIR / "seeds" / "products.csv", encoding="utf-8") as seed_file:
    PRODUCTS = list(csv.DictReader(seed_file))

# The columns of DOMAIN.md section 8.
COLUMNS = {
    "viewing_daily": "view_date program_id program_title genre content_type "
    "device_type views valid_views completed_views viewers watched_seconds "
    "reported_seconds overlap_seconds excess_seconds",
    "paid_subscribers_daily": "snapshot_date level sales_type product_code "
    "subscribers paid_users equivalent_paid_users new_subscribers "
    "returned_subscribers churned_subscribers voluntary_churned_subscribers "
    "revenue_krw refund_krw",
    "first_views_daily": "subscription_date program_id program_title first_views "
    "new_first_views returned_first_views first_program_subscribers "
    "subscribers_on_date share first_view_rank first_views_week_ago "
    "first_views_change first_views_change_rate first_view_rank_week_ago "
    "first_view_rank_change",
    "log_reconciliation": "system table_name raw_rows kept_rows duplicate_rows "
    "quarantined_rows waiting_rows",
    "log_quarantine_reasons": "system table_name reason quarantined_rows",
}
GRAINS = {
    "viewing_daily": (0, 1, 4, 5),
    "paid_subscribers_daily": (0, 1, 2, 3),
    "first_views_daily": (0, 1),
    "log_reconciliation": (0, 1),
    "log_quarantine_reasons": (0, 1, 2),
}


def marts_of(raw, run_date: date = RUN_DATE, **variables):
    return build_marts(raw, run_date, "pepper", PRODUCTS, **variables)


def union_micros(intervals: list[tuple[int, int]]) -> int:
    """Length of a union of intervals."""
    total, reached = 0, 0
    for start, end in sorted(intervals):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


@given(raw_data())
@settings(max_examples=60, deadline=None)
def test_columns_order_and_grain(raw):
    for name, rows in marts_of(raw).items():
        grain = [tuple(list(row.values())[at] for at in GRAINS[name]) for row in rows]
        assert all(list(row) == COLUMNS[name].split() for row in rows)
        assert len(set(grain)) == len(grain)
        assert grain == sorted(grain)
        assert not any(None in key for key in grain)


@given(raw_data())
@settings(max_examples=60, deadline=None)
def test_seconds_add_up_and_stay_within_the_union(raw):
    devices: dict[tuple, list] = {}
    for play in build_warehouse(raw, "p", PRODUCTS, Settings()).plays:
        parts = play.watched_seconds, play.overlap_seconds, play.excess_seconds
        assert min(parts) >= 0
        assert sum(parts) == play.reported_seconds
        key = play.account, play.profile_id, play.device_id
        devices.setdefault(key, []).append(play)
    for plays in devices.values():
        union = union_micros([(play.started, play.ended) for play in plays])
        assert sum(play.watched_seconds for play in plays) * SECOND <= union


@pytest.mark.parametrize("grace_days", [0, 1, 3])
@given(raw=raw_data(max_plays=0))
@settings(max_examples=40, deadline=None)
def test_subscribers_equation(grace_days, raw):
    levels: dict[tuple, list] = {}
    for row in marts_of(raw, grace_days=grace_days)["paid_subscribers_daily"]:
        levels.setdefault(tuple(list(row.values())[1:4]), []).append(row)
    nothing = {"subscribers": 0, "snapshot_date": None}
    for rows in levels.values():
        for before, row in pairwise([nothing, *rows]):
            moved = row["new_subscribers"] + row["returned_subscribers"]
            moved -= row["churned_subscribers"]
            assert row["subscribers"] == before["subscribers"] + moved
            assert row["voluntary_churned_subscribers"] <= row["churned_subscribers"]
            if before is not nothing:
                step = row["snapshot_date"] - before["snapshot_date"]
                assert step == timedelta(days=1)
        assert rows[-1]["snapshot_date"] == RUN_DATE


@given(raw_data(max_plays=0))
@settings(max_examples=40, deadline=None)
def test_money_and_lines_add_up_across_levels(raw):
    """Not so accounts and equivalents (rounded), nor refunds of no product."""
    sums: dict[tuple, Counter] = {}
    for row in marts_of(raw)["paid_subscribers_daily"]:
        at = sums.setdefault((row["snapshot_date"], row["level"]), Counter())
        for column in ("paid_users", "revenue_krw", "refund_krw"):
            at[column] += row[column]
    for (day, level), total in sums.items():
        if level == "total":
            for other in ("sales_type", "product"):
                part = sums[day, other]
                assert part["paid_users"] == total["paid_users"]
                assert part["revenue_krw"] == total["revenue_krw"]
                assert part["refund_krw"] <= total["refund_krw"]


@given(raw_data())
@settings(max_examples=60, deadline=None)
def test_first_view_rows_are_consistent(raw):
    firsts: Counter = Counter()
    on_date: dict[date, int] = {}
    for row in marts_of(raw)["first_views_daily"]:
        split = row["new_first_views"] + row["returned_first_views"]
        assert row["first_views"] == split <= row["subscribers_on_date"]
        assert row["first_program_subscribers"] <= row["first_views"]
        assert row["first_views"] or row["first_views_week_ago"]
        day = row["subscription_date"]
        firsts[day] += row["first_program_subscribers"]
        assert on_date.setdefault(day, row["subscribers_on_date"]) >= firsts[day]


@given(raw_data())
@settings(max_examples=40, deadline=None)
def test_nothing_is_lost_and_order_does_not_matter(raw):
    found = marts_of(raw)
    reasons: Counter = Counter()
    for row in found["log_quarantine_reasons"]:
        reasons[row["system"], row["table_name"]] += row["quarantined_rows"]
    for row in found["log_reconciliation"]:
        system, table, raw_rows, kept, duplicates, quarantined, waiting = row.values()
        assert raw_rows == len(raw[f"{system}.{table}"])
        assert raw_rows == kept + duplicates + quarantined
        assert quarantined == reasons[system, table]
        shown = sum(day["views"] for day in found["viewing_daily"])
        assert waiting == (kept - shown if table == "viewing_log" else 0)
    assert found == marts_of({name: rows[::-1] for name, rows in raw.items()})


def test_an_earlier_run_date_shows_the_same_viewing_and_first_views():
    for seed in range(20):
        raw, cut = random_raw(seed), RUN_DATE - timedelta(days=9)
        late, early = marts_of(raw), marts_of(raw, cut)
        for name in ("viewing_daily", "first_views_daily"):
            closed = [row for row in late[name] if next(iter(row.values())) <= cut]
            assert early[name] == closed


def test_random_data_is_dense_and_quick():
    """Every measure of every mart is at work, and every reason occurs."""
    nonzero: Counter = Counter()
    spent = []
    for seed in range(30):
        raw = random_raw(seed)
        begin = time.perf_counter()
        found = marts_of(raw)
        spent.append(time.perf_counter() - begin)
        for name in list(COLUMNS)[:3]:
            nonzero.update(
                (name, key) for row in found[name] for key in row if row[key]
            )
        for row in found["log_quarantine_reasons"]:
            nonzero[row["table_name"], row["reason"]] += 1
    for name in list(COLUMNS)[:3]:
        for column in COLUMNS[name].split():
            assert nonzero[name, column] >= 10, (name, column)
    assert sum(table == "viewing_log" for table, _ in nonzero) == 8
    assert sum(table == "subscription_event" for table, _ in nonzero) == 8
    assert sum(table == "push_event" for table, _ in nonzero) == 5
    assert sorted(spent)[15] < 0.3


def test_same_seed_same_rows():
    assert random_raw(7) == random_raw(7) != random_raw(8)


def test_utc_mark_changes_nothing():
    raw = random_raw(3)
    marked = {
        name: [
            {
                column: with_mark(value)
                if TABLES[name].columns[column] == "timestamp"
                else value
                for column, value in row.items()
            }
            for row in rows
        ]
        for name, rows in raw.items()
    }
    assert marts_of(marked) == marts_of(raw)


@pytest.mark.parametrize("size", [0, 1, 60])
def test_parquet_holds_the_rows(tmp_path, size):
    raw = random_raw(5, plays=size, events=size)
    write_raw(raw, tmp_path)
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    for name, table in TABLES.items():
        glob = f"{tmp_path / name.replace('.', '/')}/**/*.parquet"
        columns = ", ".join(
            f"cast({column} as timestamp)" if kind == "timestamp" else column
            for column, kind in table.columns.items()
        )
        found = connection.execute(
            f"select {columns} from read_parquet(?, hive_partitioning = true)", [glob]
        ).fetchall()
        expected = [tuple(row.get(key) for key in table.columns) for row in raw[name]]
        assert Counter(found) == Counter(expected)
