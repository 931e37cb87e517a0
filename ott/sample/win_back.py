"""Campaigns to win accounts back: who is asked, who is held out, who returns for it.

They go out on the 1st of a month and around payday, but on no Thursday. All of it
follows from account and day, so that lives can be lived before campaigns are written.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from ott.sample.clock import DAY, day_date, day_number
from ott.sample.members import Members
from ott.sample.randomness import Array, Purpose, uniform
from ott.sample.settings import HORIZON, SERVICE_LAUNCH

SECOND = 11 * 3600 + 600
DAYS_OF_MONTH = (1, 20, 22)
SHARE, HOLDOUT_PERCENT = 0.4, 50
RETURNS_WHEN_ASKED, TRIES = 0.07, 30
NEVER = np.iinfo(np.int64).max


def is_day(day: int) -> bool:
    """Return whether a campaign to win accounts back goes out on a KST day."""
    found = day_date(day)
    return found.day in DAYS_OF_MONTH and found.weekday() != 3


@cache
def _days() -> Array:
    days = range(day_number(SERVICE_LAUNCH), day_number(HORIZON))
    return np.array([day for day in days if is_day(day)])


def is_asked(seed: int, number: Array, day: Array | int) -> Array:
    """Return which accounts the campaign of a day addresses, among those that left."""
    return uniform(seed, Purpose.WIN_BACK, number, day, 1) < SHARE


def is_held_out(seed: int, number: Array, day: Array | int) -> Array:
    """Return which of the accounts are not sent the campaign of a day."""
    return uniform(seed, Purpose.WIN_BACK, number, day, 2) < HOLDOUT_PERCENT / 100


def returns_at(members: Members, account: Array, end: Array) -> Array:
    """Return the local second at which each account follows a campaign after its end.

    ``NEVER`` where none of the next few campaigns moves it.
    """
    seed, number, days = members.seed, members.number[account], _days()
    following = np.searchsorted(days * DAY + SECOND, end, side="right")
    at = np.full(len(account), NEVER)
    for further in range(TRIES):
        place = following + further
        day = days[np.minimum(place, len(days) - 1)]
        moved = (place < len(days)) & members.allows_push[account]
        moved &= is_asked(seed, number, day) & ~is_held_out(seed, number, day)
        chance = uniform(seed, Purpose.WIN_BACK, number, day, 3)
        moved &= chance < RETURNS_WHEN_ASKED
        wait = 3600 + (chance / RETURNS_WHEN_ASKED * 5 * DAY).astype(np.int64)
        at = np.where(moved & (at == NEVER), day * DAY + SECOND + wait, at)
    return at
