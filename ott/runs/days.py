"""Ranges of KST days: what a run rewrites, and in which chunks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

    def chunks(self, rows: Mapping[date, int]) -> list[Days]:
        """Return the range cut before a day whose rows would be too many for a chunk.

        Args:
            rows: how many plays a day has; a day that it lacks has none.
        """
        firsts, held = [self.first], 0
        for number in range(len(self)):
            day = self.first + timedelta(days=number)
            if held and held + rows.get(day, 0) > CHUNK_ROWS:
                firsts.append(day)
                held = 0
            held += rows.get(day, 0)
        lasts = [first - timedelta(days=1) for first in firsts[1:]]
        return [Days(*ends) for ends in zip(firsts, [*lasts, self.last], strict=True)]


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
