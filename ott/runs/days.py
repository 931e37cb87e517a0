"""Ranges of KST days: what a run rewrites, and in which chunks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ott.environment import closed_day
from ott.errors import UserError
from ott.variables import history_start, project_variables

# A chunk's plays and their context take about 0.6 GB of memory in DuckDB.
CHUNK_ROWS = 4_000_000


@dataclass(frozen=True)
class Days:
    """First and last day, both included."""

    first: date
    last: date

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        if self.first == self.last:
            return str(self.first)
        return f"{self.first} … {self.last}"

    def chunks(self, days: int) -> list[Days]:
        """Return the range cut into pieces of so many days, the last one shorter."""
        starts = range(0, len(self), days)
        return [
            Days(
                self.first + timedelta(days=start),
                min(self.first + timedelta(days=start + days - 1), self.last),
            )
            for start in starts
        ]


def days_of_chunk(rows: int, days: int) -> int:
    """Return how many days a chunk may have, for so many rows in so many days."""
    return max(1, CHUNK_ROWS * days // max(rows, 1))


def lookback(run_date: date) -> int:
    """Return how many days before the run date a daily run rewrites.

    Raises:
        UserError: the variable `lookback_days` is no whole number from 0, or reaches
            before the history that the warehouse keeps.
    """
    value, history = project_variables()["lookback_days"], history_start()
    most = (run_date - history).days
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise UserError(
            f"lookback_days is {value} in dbt_project.yml. Give a whole number from 0 "
            f"to {most}: the warehouse keeps no day before history_start_date "
            f"{history}."
        )
    return value


def backfill(first: str, last: str) -> Days:
    """Return the range of a backfill that a person asked for.

    Raises:
        UserError: a day is no date or not over, or they are in the wrong order.
    """
    days = Days(closed_day(first), closed_day(last))
    if days.first > days.last:
        raise UserError(
            f"The backfill begins on {days.first}, after its end, {days.last}. "
            "Exchange the two."
        )
    return days


def ranges(days: list[date]) -> Iterator[Days]:
    """Yield the ranges that a sorted list of days is made of."""
    first = last = None
    for day in days:
        if first is None or last is None:
            first = last = day
        elif day == last + timedelta(days=1):
            last = day
        else:
            yield Days(first, last)
            first = last = day
    if first is not None and last is not None:
        yield Days(first, last)
