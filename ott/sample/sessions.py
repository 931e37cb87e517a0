"""Who sits down to watch what, and when: the sessions of a KST day."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ott.sample import lives as life
from ott.sample.clock import DAY, is_free
from ott.sample.hours import start_hours
from ott.sample.randomness import Array, pick
from ott.sample.words import ANIME, DRAMA, GENRES, KIDS, VARIETY
from ott.sample.world import DayState, Wishes, World

BINGE_CHANCE = {DRAMA: 0.52, VARIETY: 0.3, ANIME: 0.6, KIDS: 0.66}
MOST_IN_A_ROW = 9
FAVOURITE_SHARE = 0.5
LATEST_SHARE = 0.45
EPISODES_LEFT = 0.95
WATCHES_FIRST_DAY, WATCHES_CONVERTED = 0.86, 0.4


class Sessions(NamedTuple):
    """Arrays with one element per session.

    ``account`` is a place in ``Members``, ``second`` a local second, ``first`` the
    first content and ``length`` the contents in a row. ``is_paid`` sessions watch what
    the pass pays for.
    """

    account: Array
    profile: Array
    device: Array
    second: Array
    program: Array
    first: Array
    length: Array
    is_paid: Array


def ordinary(
    world: World, state: DayState, random: np.random.Generator, number: int
) -> Sessions:
    """Return about so many sessions of people who choose as people do."""
    number = state.guests(number)
    # In order, the accounts are found faster; the rest is drawn apart from them.
    account = pick(state.weight, np.sort(random.random(number)))
    hour, within = random.random((2, number))
    program = _choose(world, state, random, account)
    hour = start_hours(world.catalog.genre[program], is_free(state.day), hour)
    second = state.day * DAY + hour * 3600 + (within * 3600).astype(int)
    return _seated(world, state, random, account, second, program, False)


def expected_length(world: World, state: DayState) -> float:
    """Return how many plays an ordinary session of a day has on average."""
    catalog = world.catalog
    popular = np.diff(state.popularity, prepend=0.0) / state.popularity[-1]
    by_genre = np.bincount(catalog.genre, popular * ~catalog.is_live, len(GENRES))
    chance = _binge_chances()
    more = (1 - chance**MOST_IN_A_ROW) / (1 - chance) - 1
    # After the latest episode there is none to go on with, after others often few.
    return 1 + (1 - LATEST_SHARE) * EPISODES_LEFT * float(by_genre @ more)


def _binge_chances() -> Array:
    return np.array([BINGE_CHANCE.get(genre, 0.02) for genre in range(len(GENRES))])


def wished(
    world: World, state: DayState, random: np.random.Generator, wishes: Wishes
) -> Sessions:
    """Return the sessions of accounts that watch what made them come."""
    return _seated(world, state, random, *wishes, True)


def subscribers(world: World, state: DayState, random: np.random.Generator) -> Wishes:
    """Return what those who buy a pass on the day watch on it: mostly a premiere."""
    lives = world.lives
    begins = np.flatnonzero(
        (lives.start // DAY == state.day)
        & (lives.product < life.TELCO)
        & (lives.first_type != life.CHANGE)
    )
    # Few people a day, whose number must not depend on which accounts are known.
    chance, again = random.random((2, len(begins)))
    bound = np.where(
        lives.first_type[begins] == life.RENEW, WATCHES_CONVERTED, WATCHES_FIRST_DAY
    )
    chosen = lives.premiere[begins]
    account = lives.account[begins]
    other = _choose(world, state, random, account, without_live=True)
    program = np.where(chosen >= 0, chosen, other)
    out = state.released[program] > 0
    delay = 60 + (random.random(len(begins)) * 4200).astype(np.int64)
    second = lives.start[begins] + delay
    once = (chance < bound) & out
    twice = once & (again < 0.5) & (state.released[other] > 0)
    return Wishes(
        np.concatenate([account[once], account[twice]]),
        np.concatenate([second[once], second[twice] + 5400]),
        np.concatenate([program[once], other[twice]]),
    )


def _choose(
    world: World,
    state: DayState,
    random: np.random.Generator,
    account: Array,
    without_live: bool = False,
) -> Array:
    """Choose a programme by popularity, for a share within the favourite genre."""
    catalog = world.catalog
    summed = state.popularity
    if without_live:
        each = np.diff(summed, prepend=0.0)
        summed = np.cumsum(np.where(catalog.is_live, 0.0, each))
    edges = np.searchsorted(catalog.genre, np.arange(9))
    bounds = np.concatenate([[0.0], summed])[edges]
    genre = world.members.favourite[account]
    low, high = bounds[genre], bounds[genre + 1]
    anything = (random.random(len(account)) >= FAVOURITE_SHARE) | (high <= low)
    low, high = np.where(anything, 0.0, low), np.where(anything, summed[-1], high)
    goal = low + random.random(len(account)) * (high - low)
    return np.minimum(np.searchsorted(summed, goal, side="right"), catalog.size - 1)


def _seated(
    world: World,
    state: DayState,
    random: np.random.Generator,
    account: Array,
    second: Array,
    program: Array,
    is_wished: bool,
) -> Sessions:
    """Give sessions a line, a device, a first episode and a length."""
    catalog, members = world.catalog, world.members
    number = len(account)
    chances = random.random((5, number), np.float32)
    profile = (members.profiles[account] * chances[0] ** 1.7).astype(np.int64)
    device = (members.devices[account] * chances[1] ** 1.5).astype(np.int64)
    out = state.released[program]
    early = (chances[2] ** 1.5 * out).astype(np.int64)
    episode = np.where(chances[3] < LATEST_SHARE, out - 1, early)
    if is_wished:
        # A newcomer begins at the beginning.
        episode = np.where(out > 3, early // 4, 0)
    binge = _binge_chances()[catalog.genre[program]]
    more = np.log(np.maximum(chances[4], 1e-9)) / np.log(binge)
    length = 1 + np.minimum(more, MOST_IN_A_ROW - 1).astype(np.int64)
    length = np.where(catalog.is_live[program], 1, np.minimum(length, out - episode))
    return Sessions(
        account=account,
        profile=profile,
        device=device,
        second=second,
        program=program,
        first=catalog.first_content[program] + episode,
        length=np.maximum(length, 1),
        is_paid=np.full(number, is_wished),
    )
