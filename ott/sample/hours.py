"""At which hour people sit down: as the day goes, and as what they watch asks for."""

from __future__ import annotations

from functools import cache

import numpy as np

from ott.sample.randomness import Array
from ott.sample.words import ANIME, DRAMA, GENRES, KIDS, NEWS

WORKDAY_HOURS = (
    *(30, 17, 10, 6, 5, 7, 15, 28, 32, 26, 26, 30),
    *(42, 38, 32, 32, 36, 45, 62, 80, 100, 112, 104, 68),
)
HOLIDAY_HOURS = (
    *(44, 28, 17, 10, 7, 7, 10, 18, 32, 46, 56, 60),
    *(66, 70, 72, 72, 72, 74, 80, 92, 106, 110, 98, 66),
)
# The hours that a genre has of its own, and the share of its sessions that keep them.
OWN_HOURS = {
    DRAMA: {20: 2, 21: 4, 22: 3},
    ANIME: {22: 2, 23: 2, 0: 4, 1: 3},
    KIDS: {7: 3, 8: 3, 9: 1, 16: 3, 17: 4},
    NEWS: {6: 3, 7: 4, 8: 3, 12: 2},
}
OWN_SHARE = 0.5


def start_hours(genre: Array, is_day_off: bool, chance: Array) -> Array:
    """Return the KST hour at which a session of each genre begins."""
    # Each genre's hours lie behind those of the one before, so one search finds all.
    found = np.searchsorted(_summed(is_day_off), genre + chance, side="right")
    return np.minimum(found - genre * 24, 23)


@cache
def _summed(is_day_off: bool) -> Array:
    usual = np.array(HOLIDAY_HOURS if is_day_off else WORKDAY_HOURS, float)
    shares = np.tile(usual / usual.sum(), (len(GENRES), 1))
    for genre, hours in OWN_HOURS.items():
        own = np.zeros(24)
        own[list(hours)] = list(hours.values())
        shares[genre] += OWN_SHARE * (own / own.sum() - shares[genre])
    edges = np.cumsum(shares, axis=1)
    edges[:, -1] = 1
    return (edges + np.arange(len(GENRES))[:, None]).ravel()
