"""What a build shows, on marts made by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from ott.summary import summarize

MARTS = """
create schema marts;
create table marts.viewing_daily as select date '2026-03-02' as view_date;
create table marts.first_views_daily as
select date '2026-03-02' as subscription_date, 'P' || n as program_id,
    case when n <> 2 then '제목 ' || n end as program_title,
    cast(1200 - n as bigint) as first_views, n as first_view_rank,
    cast(1000 as bigint) as first_views_week_ago,
    cast(200 - n as bigint) as first_views_change
from range(1, 13) as t(n)
union all select date '2026-03-09', 'P1', '제목 1', 0, null, 1199, -1199;
create table marts.paid_subscribers_daily as
select date '2026-03-02' as snapshot_date, level, 1234 as subscribers,
    2345 as paid_users, 3456.7891::numeric(18, 4) as equivalent_paid_users
from (values ('total'), ('sales_type')) as t(level);
create table marts.log_reconciliation as
select 'billing' as system, 'subscription_event' as table_name, 5 as raw_rows,
    3 as kept_rows, 1 as duplicate_rows, 1 as quarantined_rows
union all select 'player', 'viewing_log', 5000, 3000, 1000, 1000
union all select 'member', 'account', 1, 1, 0, 0;
create table marts.log_arrivals_daily as
select date '2026-03-02' as log_date, 'player.viewing_log' as source,
    7 as arrived_rows, 0.9916 as arrived_share, false as is_provisional
union all select '2026-03-02', 'billing.subscription_event', 7, 0.875, true
union all select '2026-03-02', 'crm.push_event', 7, null, true
union all select '2026-03-02', 'app.log', 0, null, true
union all select '2026-03-01', 'player.viewing_log', 7, 1, false;
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "made.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(MARTS)
    return path


def lines_of(database: Path, day: date, first: date | None = None) -> list[str]:
    return summarize(database, day, first).splitlines()


def test_the_top_ten_with_thousands_and_signs(database: Path) -> None:
    lines = lines_of(database, date(2026, 3, 2))
    assert lines[1] == "First View of 2026-03-02, top 10"
    assert [line.split()[0] for line in lines[4:14]] == [str(n) for n in range(1, 11)]
    assert lines[4].split() == ["1", "제목", "1", "1,199", "1,000", "+199"]
    assert lines[5].split()[1] == "P2"
    assert lines[14] == ""
    assert lines[15] == (
        "Paid on 2026-03-02: subscribers 1,234, paid users (lines) 2,345, "
        "equivalents 3,456.8."
    )
    assert lines[16:] == [
        "player.viewing_log: 5,000 raw = 3,000 kept + 1,000 duplicate + "
        "1,000 quarantined.",
        "billing.subscription_event: 5 raw = 3 kept + 1 duplicate + 1 quarantined.",
        "player.viewing_log: 99.2 % of 2026-03-02 has arrived.",
        "billing.subscription_event: 87.5 % of 2026-03-02 has arrived, so these "
        "numbers are provisional.",
        "app.log: 0.0 % of 2026-03-02 has arrived, so these numbers are provisional.",
    ]


def test_fewer_than_ten_are_said_to_be_all(database: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "delete from marts.first_views_daily where first_view_rank > 8"
        )
    assert lines_of(database, date(2026, 3, 2))[1] == "First View of 2026-03-02, all 8"


def test_a_run_date_after_the_data_names_the_last_dates(database: Path) -> None:
    lines = lines_of(database, date(2026, 3, 9))
    assert lines[0] == (
        "warning: run_date 2026-03-09 is after the data: the last date with plays is "
        "2026-03-02."
    )
    assert (
        "No First Views on 2026-03-09. The last date that has some is 2026-03-02."
        in lines
    )


def test_a_run_date_before_the_data_names_the_first_arrival(database: Path) -> None:
    empty(database)
    lines = lines_of(database, date(2025, 12, 31), date(2026, 3, 1))
    assert lines[0] == (
        "warning: run_date 2025-12-31 is before the data: the first logs arrived on "
        "2026-03-01, so the marts are empty. Take a later run date."
    )
    assert "No First Views on 2025-12-31." in lines
    assert "Paid on 2025-12-31: nobody has paid up to that day." in lines


def test_no_data_at_all_is_said(database: Path) -> None:
    empty(database)
    assert lines_of(database, date(2026, 3, 2))[0] == (
        "warning: there is no play up to 2026-03-02."
    )


def empty(database: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        for mart in ("viewing_daily", "first_views_daily", "paid_subscribers_daily"):
            connection.execute(f"delete from marts.{mart}")
