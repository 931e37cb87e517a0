"""What a build shows at its end: First View, the paid counts and the reconciliation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from ott import text_table
from ott.database import open_database

FIRST_VIEW_ROWS = 10

_FIRST_VIEWS = """
select first_view_rank, program_title, program_id, first_views,
    first_views_week_ago, first_views_change
from first_views_daily
where subscription_date = ? and first_views > 0
order by first_view_rank, program_title, program_id
limit ?
"""

_PAID = """
select subscribers, paid_users, equivalent_paid_users
from paid_subscribers_daily
where snapshot_date = ? and level = 'total'
"""

_RECONCILIATION = """
select system || '.' || table_name as log, raw_rows, kept_rows, duplicate_rows,
    quarantined_rows
from log_reconciliation
where (system, table_name) in (
    ('player', 'viewing_log'), ('billing', 'subscription_event')
)
order by system desc
"""

_ARRIVALS = """
select source, case when arrived_rows = 0 then 0 else arrived_share end, is_provisional
from log_arrivals_daily
where log_date = ? and (arrived_share is not null or arrived_rows = 0)
order by source desc
"""


def summarize(database: Path, day: date, first_arrival: date | None) -> str:
    """Return the result of a build as text.

    Args:
        database: the database that was built.
        day: the run date.
        first_arrival: date of the first log file, to tell an early run date from
            an empty one.
    """
    with open_database(database) as connection:
        parts = [
            *_warnings(connection, day, first_arrival),
            "",
            _first_views(connection, day),
            "",
            _paid(connection, day),
            *_reconciliation(connection),
            *_arrivals(connection, day),
        ]
    return "\n".join(parts)


def _warnings(
    connection: duckdb.DuckDBPyConnection, day: date, first_arrival: date | None
) -> list[str]:
    last_play = _one(connection, "select max(view_date) from viewing_daily")
    if last_play is None and first_arrival is not None and day < first_arrival:
        return [
            f"warning: run_date {day} is before the data: the first logs arrived on "
            f"{first_arrival}, so the marts are empty. Take a later run date."
        ]
    if last_play is None:
        return [f"warning: there is no play up to {day}."]
    if last_play < day:
        return [
            f"warning: run_date {day} is after the data: the last date with plays is "
            f"{last_play}."
        ]
    return []


def _first_views(connection: duckdb.DuckDBPyConnection, day: date) -> str:
    rows = connection.execute(_FIRST_VIEWS, [day, FIRST_VIEW_ROWS]).fetchall()
    if not rows:
        last = _one(
            connection,
            "select max(subscription_date) from first_views_daily "
            "where first_views > 0",
        )
        known = f" The last date that has some is {last}." if last else ""
        return f"No First Views on {day}.{known}"
    table = text_table.render(
        ["rank", "title", "first views", "week ago", "change"],
        [
            [str(rank), title or program_id, f"{views:,}", f"{ago:,}", f"{change:+,}"]
            for rank, title, program_id, views, ago, change in rows
        ],
        right=(0, 2, 3, 4),
    )
    # FIRST_VIEW_ROWS are the top; fewer are all there are
    extent = "top" if len(rows) == FIRST_VIEW_ROWS else "all"
    return f"First View of {day}, {extent} {len(rows)}\n{table}"


def _paid(connection: duckdb.DuckDBPyConnection, day: date) -> str:
    row = connection.execute(_PAID, [day]).fetchone()
    if row is None:
        return f"Paid on {day}: nobody has paid up to that day."
    subscribers, users, equivalents = row
    return (
        f"Paid on {day}: subscribers {subscribers:,}, paid users (lines) {users:,}, "
        f"equivalents {equivalents:,.1f}."
    )


def _reconciliation(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(_RECONCILIATION).fetchall()
    return [
        f"{log}: {raw:,} raw = {kept:,} kept + {duplicate:,} duplicate + "
        f"{quarantined:,} quarantined."
        for log, raw, kept, duplicate, quarantined in rows
    ]


def _arrivals(connection: duckdb.DuckDBPyConnection, day: date) -> list[str]:
    """Say how much of the day has arrived; less than enough makes it provisional."""
    rows = connection.execute(_ARRIVALS, [day]).fetchall()
    return [
        f"{source}: {100 * share:.1f} % of {day} has arrived"
        + (", so these numbers are provisional." if is_provisional else ".")
        for source, share, is_provisional in rows
    ]


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> date | None:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
