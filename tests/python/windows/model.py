"""A model of the manifest, and the dates that it shows and rewrites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

DAY = timedelta(days=1)


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

    def shown(self, day: date) -> date:
        """The date at which the model shows what happened on a day."""
        return day - day.weekday() * DAY if self.is_weekly else day

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
        return {self.shown(day) for day in days}
