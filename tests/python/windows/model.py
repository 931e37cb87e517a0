"""A model of the manifest, and the dates that it shows and rewrites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)
# The variable `segment_window_days`: so many days count in a snapshot.
SNAPSHOT_DAYS = 28


@dataclass(frozen=True)
class Model:
    """A model of the manifest; `window` is none where it does not rewrite dates."""

    name: str
    schema: str
    kind: str
    window: Mapping[str, Any] | None

    @property
    def field(self) -> str:
        """The column of dates whose window a run rewrites."""
        assert self.window is not None
        return str(self.window["field"])

    @property
    def is_by_arrival(self) -> bool:
        """Whether those are dates of arrival, not of what happened."""
        return self.field == "ingest_date"

    @property
    def is_weekly(self) -> bool:
        """Whether those are the Mondays of whole weeks."""
        assert self.window is not None
        return self.window.get("grain") == "week"

    @property
    def is_of_snapshots(self) -> bool:
        """Whether those are Mondays and the last closed day, for the weeks before."""
        assert self.window is not None
        return self.window.get("of") == "snapshots"

    def dated(self, day: date) -> date:
        """The date that stands for a day among those that a run rewrites."""
        return day - day.weekday() * DAY if self.is_weekly else day

    def shown(self, day: date, closed: date | None = None) -> date:
        """The first date at which the model shows what happened on a day.

        Args:
            day: the day.
            closed: the last closed day, where that may come before the next Monday.
        """
        if not self.is_of_snapshots:
            return self.dated(day)
        monday = day + (-day.weekday() % 7) * DAY
        return min(monday, closed) if closed else monday

    def reached(self, days: Iterable[date]) -> set[date]:
        """The dates at which the model may show what happened on some days."""
        if not self.is_of_snapshots:
            return {self.dated(day) for day in days}
        return {day + number * DAY for day in days for number in range(SNAPSHOT_DAYS)}

    def window_days(self, first: date, last: date, closed: date) -> set[date]:
        """The dates that a run of some days must rewrite, by the model's own word."""
        assert self.window is not None
        begin = first - self.window.get("before", 0) * DAY
        end = min(last + self.window.get("after", 0) * DAY, closed)
        if self.window.get("until") == "run_date":
            end = closed
        if self.window.get("of") == "arrival":
            end = closed + DAY
        days = (begin + number * DAY for number in range((end - begin).days + 1))
        return {self.dated(day) for day in days}
