"""Which days the warehouse holds, read from its own table of built days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb

from ott.errors import UserError
from ott.runs.days import Days, ranges

SCHEMA, NAME = "warehouse", "int_reconciliation__built_days"


@dataclass(frozen=True)
class Built:
    """First and last day that the warehouse holds, and the days missing between."""

    days: Days
    missing: list[Days]


def built(database: Path) -> Built | None:
    """Return what the database holds; None if no run has ended yet."""
    if not database.exists():
        return None
    with duckdb.connect(str(database), read_only=True) as connection:
        table = _table(connection)
        if table is None:
            return None
        days = [
            day
            for (day,) in connection.execute(
                f"select built_date from {table} order by built_date"
            ).fetchall()
        ]
    if not days:
        return None
    whole = Days(days[0], days[-1])
    there = set(days)
    every = (whole.first + timedelta(days=number) for number in range(len(whole)))
    return Built(whole, list(ranges([day for day in every if day not in there])))


def begin(database: Path, days: Days | None) -> None:
    """Take the days of a run, or all, out of the built ones before it writes anything.

    The run adds them at its end. One that is interrupted leaves them out, so that the
    next one knows.
    """
    if not database.exists():
        return
    with duckdb.connect(str(database)) as connection:
        table = _table(connection)
        if table is None:
            return
        if days is None:
            connection.execute(f"delete from {table}")
        else:
            connection.execute(
                f"delete from {table} where built_date between ? and ?",
                [days.first, days.last],
            )


def check_gap(found: Built | None, days: Days) -> None:
    """Refuse a run that would leave days unbuilt between what is there and its own.

    Args:
        found: what the warehouse holds.
        days: the days that the run will rewrite.

    Raises:
        UserError: days are missing; the message has the command that builds them.
    """
    if found is None:
        raise UserError(
            "The warehouse holds no day yet, or its last full build was interrupted. "
            "Run `ott build` once; after that `ott daily` keeps it up to date."
        )
    gaps = [
        gap
        for gap in found.missing
        if not (days.first <= gap.first and gap.last <= days.last)
    ]
    next_day = found.days.last + timedelta(days=1)
    if days.first > next_day:
        gaps.append(Days(next_day, days.first - timedelta(days=1)))
    if gaps:
        raise UserError(_missing(gaps))
    if days.last < found.days.first:
        raise UserError(
            f"{days} lies before the first day of the warehouse, {found.days.first}. "
            "Rows of earlier days, if there are any, come in with `ott build`."
        )


def _missing(gaps: list[Days]) -> str:
    named = ", ".join(str(gap) for gap in gaps)
    commands = "".join(
        f"\n  ott daily --backfill {gap.first} {gap.last}" for gap in gaps
    )
    return (
        f"Days were never built, or their run was interrupted: {named}. Nothing was "
        f"built now. Fill them first, then run this again:{commands}"
    )


def _table(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Return the table's full name: a database may be called `warehouse` itself."""
    found = connection.execute(
        "select database_name from duckdb_tables() "
        "where schema_name = ? and table_name = ?",
        [SCHEMA, NAME],
    ).fetchone()
    return f'"{found[0]}".{SCHEMA}.{NAME}' if found else None
