"""The runs that rewrite a window of dates: a daily run, and a backfill.

Their days are computed here a second time, apart from the macros in `macros/window/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ott.variables import project_variables

DAY = timedelta(days=1)
# A backfill of days that both samples of the proof have, as they have the week before.
BACKFILL_BEFORE, BACKFILL_DAYS = 13, 3


@dataclass(frozen=True)
class Branch:
    """A run on tables that are there, for `first` to `last` (and what they touch)."""

    name: str
    run_date: date
    first: date
    last: date
    variables: Mapping[str, Any]

    def days(self, window: Mapping[str, Any]) -> tuple[date, date]:
        """Return the first and the last date that the run rewrites of a table."""
        first = self.first - window.get("before", 0) * DAY
        if window.get("of") == "arrival":
            return first, self.run_date + DAY
        last = min(self.last + window.get("after", 0) * DAY, self.run_date)
        if window.get("until") == "run_date":
            last = self.run_date
        if window.get("grain") != "week":
            return first, last
        sunday = last + (6 - last.weekday()) * DAY
        return first - first.weekday() * DAY, min(sunday, self.run_date)


def default_lookback() -> int:
    """Return the variable `lookback_days` of the project."""
    return int(project_variables()["lookback_days"])


def windowed_branches(
    run_date: date, variables: Mapping[str, Any] | None = None
) -> list[Branch]:
    """Return the runs in which incremental models add to their tables."""
    given = {**(variables or {}), "assume_incremental": True}
    lookback = int(given.get("lookback_days", default_lookback()))
    first = run_date - BACKFILL_BEFORE * DAY
    last = first + (BACKFILL_DAYS - 1) * DAY
    asked = {"start_date": first.isoformat(), "end_date": last.isoformat()}
    return [
        Branch("daily", run_date, run_date - lookback * DAY, run_date, given),
        Branch("backfill", run_date, first, last, {**given, **asked}),
    ]
