"""All that a sample's days have in common, and the state of the service on a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np

from ott.sample import catalog, lives, members
from ott.sample.clock import DAY, day_number
from ott.sample.randomness import Array
from ott.sample.settings import Settings

FREE_VIEWING = 0.09
FIRST_DAY_BOOST = 2.5


@dataclass(frozen=True, eq=False)
class World:
    """The catalogue, the accounts and their lives, for all days of a sample."""

    settings: Settings
    catalog: catalog.Catalog
    members: members.Members
    lives: lives.Lives

    @cached_property
    def withdrawn(self) -> Array:
        """Return per account the local second at which it leaves, or a far one."""
        at = np.full(self.members.size, np.iinfo(np.int64).max)
        leaves = np.flatnonzero(self.lives.withdraws)
        at[self.lives.account[leaves]] = self.lives.withdraws[leaves]
        return at

    def day(self, day: int) -> DayState:
        """Return the state of the service on a KST day."""
        begin, end = day * DAY, (day + 1) * DAY
        alive = np.flatnonzero((self.lives.start < end) & (self.lives.end > begin))
        account = self.lives.account[alive]
        active_from = np.full(self.members.size, np.iinfo(np.int64).max)
        active_to = np.zeros(self.members.size, np.int64)
        np.minimum.at(active_from, account, self.lives.start[alive])
        np.maximum.at(active_to, account, self.lives.end[alive])
        weight = np.where(active_to > 0, 1.0, FREE_VIEWING)
        weight[active_from // DAY == day] = FIRST_DAY_BOOST
        there = (self.members.joined < end) & (self.withdrawn > begin)
        return DayState(
            day=day,
            weight=np.cumsum(weight * self.members.activity * there),
            active_from=active_from,
            active_to=active_to,
            released=self.catalog.released(day),
            popularity=np.cumsum(self.catalog.popularity(day)),
        )


@dataclass(frozen=True)
class DayState:
    """A KST day: per account the summed weight of watching and the local seconds of its
    pass (none if ``active_to`` is 0); per programme the episodes out and the summed
    popularity.
    """

    day: int
    weight: Array
    active_from: Array
    active_to: Array
    released: Array
    popularity: Array

    def guests(self, number: int) -> int:
        """Return the number of visits, none as long as there are no accounts."""
        return number if len(self.weight) and self.weight[-1] > 0 else 0


class Wishes(NamedTuple):
    """Accounts that mean to watch a programme from a local second on."""

    account: Array
    second: Array
    program: Array


@cache
def build(settings: Settings) -> World:
    """Build the world of a sample; it takes a moment, so each process keeps it."""
    made = catalog.build(settings.seed)
    people = members.build(settings, made)
    until = (day_number(settings.end) + 8) * DAY
    return World(settings, made, people, lives.build(people, made, until))
