"""The plays of a KST day, out of its sessions.

A day's plays draw from the stream of the day alone. What arrives late on a day draws
from a stream of the day of arrival and lies in a file of its own, so that no file
depends on which other days are written.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np

from ott.sample import crm, search, sessions
from ott.sample.catalog import SOLD_SINGLY_DAYS
from ott.sample.clock import DAY, KST, MICROS, day_number, season, to_micros
from ott.sample.members import DEVICE_TYPES, MOST_DEVICES, MOST_PROFILES, device_ids
from ott.sample.randomness import Array, Purpose, mix, pick, stream
from ott.sample.sessions import Sessions
from ott.sample.settings import (
    DOUBLE_COUNTING_SINCE,
    DOUBLE_COUNTING_TYPE,
    DOUBLE_COUNTING_UNTIL,
    DOUBLE_COUNTING_VERSION,
    OUTAGE_HOURS,
    OUTAGE_ON,
)
from ott.sample.world import DayState, World

MOST_SECONDS = 6 * 3600
OVERLAPPING, FASTER, EMPTY = 0.015, 0.01, 0.003
LATE_SHARE, ECHO_SHARE = 0.02, 0.004
LATEST_DAYS = 10
ECHO_DAYS = 2
LATE_BY = np.cumsum([0.55, 0.25, 0.12, *[0.08 / 7] * 7])

FREE, SVOD, TVOD = range(3)
VERSIONS = (
    ("5.0.3", 0),
    ("5.1.0", day_number(date(2025, 3, 3))),
    (DOUBLE_COUNTING_VERSION, day_number(DOUBLE_COUNTING_SINCE)),
    ("5.2.1", day_number(DOUBLE_COUNTING_UNTIL) + 1),
    ("5.3.0", day_number(date(2026, 2, 16))),
    ("5.4.2", day_number(date(2026, 5, 18))),
)
SLOWEST_UPDATE_DAYS = 10


class Plays(NamedTuple):
    """Arrays with one element per play; instants are UTC microseconds.

    ``profile`` and ``device`` are numbers over all accounts; ``kind`` counts
    ``DEVICE_TYPES``, ``version`` ``VERSIONS``, ``charge`` FREE, SVOD, TVOD.
    ``arrival`` is the UTC day of the folder.
    """

    log: Array
    account: Array
    profile: Array
    device: Array
    kind: Array
    version: Array
    content: Array
    charge: Array
    started: Array
    ended: Array
    seconds: Array
    ingested: Array
    arrival: Array

    def take(self, chosen: Array) -> Plays:
        """Return the chosen plays, by a mask or by indices."""
        return Plays(*(column[chosen] for column in self))


def join(parts: list[Plays]) -> Plays:
    """Return the plays of all parts."""
    return Plays(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def of_day(world: World, day: int) -> Plays:
    """Return the plays of a KST day that arrive on time, none of them spoilt."""
    settings = world.settings
    random = stream(settings.seed, Purpose.PLAYS, day)
    state = world.day(day)
    noise = 1 + 0.03 * random.standard_normal()
    expected = settings.plays_per_day * season(day) * noise
    number = round(expected / sessions.expected_length(world, state))
    parts = [sessions.ordinary(world, state, random, number)]
    for wishes in (
        sessions.subscribers(world, state, random),
        crm.openers(world, day),
        search.clickers(world, day),
    ):
        parts.append(sessions.wished(world, state, random, wishes))
    plays = _played(world, state, random, _join(parts), Purpose.PLAYS, day)
    doubled = _double_counted(settings.seed, plays, day, random)
    return _without_outage(join([plays, doubled, echo(world, day)]))


def late(world: World, arrival: int) -> Plays:
    """Return what arrives 1 to 10 days late on a UTC day: new plays, re-sent ones."""
    settings = world.settings
    random = stream(settings.seed, Purpose.LATE, arrival)
    base = arrival - LATEST_DAYS
    state = world.day(base)
    number = settings.plays_per_day * season(base) * LATE_SHARE
    number /= sessions.expected_length(world, state)
    chosen = sessions.ordinary(world, state, random, int(random.poisson(number)))
    by = 1 + pick(LATE_BY, random.random(len(chosen.account)))
    chosen = chosen._replace(second=chosen.second + (LATEST_DAYS - by) * DAY)
    fresh = _played(world, state, random, chosen, Purpose.LATE, arrival)

    again = echo(world, arrival - ECHO_DAYS)
    again = again.take(random.random(len(again.log)) < 0.8)
    moves = np.where(random.random(len(again.log)) < 0.4, 3600 * MICROS, 0)
    moves = (moves * (random.random(len(again.log)) * 2 - 1)).astype(np.int64)
    longer = random.integers(0, 90, len(again.log))
    again = again._replace(
        started=again.started + moves,
        ended=again.ended + moves + longer * MICROS,
        seconds=again.seconds + longer,
    )
    arrived = _without_outage(join([fresh, again]))
    within = random.integers(0, DAY * MICROS, len(arrived.log))
    return arrived._replace(
        ingested=arrival * DAY * MICROS + within,
        arrival=np.full(len(arrived.log), arrival, np.int32),
    )


def echo(world: World, day: int) -> Plays:
    """Return the plays of a KST day that are sent once more two days later."""
    settings = world.settings
    random = stream(settings.seed, Purpose.ECHO, day)
    state = world.day(day)
    number = settings.plays_per_day * ECHO_SHARE
    number /= sessions.expected_length(world, state)
    chosen = sessions.ordinary(world, state, random, int(random.poisson(number)))
    return _played(world, state, random, chosen, Purpose.ECHO, day)


def _join(parts: list[Sessions]) -> Sessions:
    return Sessions(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _played(
    world: World,
    state: DayState,
    random: np.random.Generator,
    chosen: Sessions,
    purpose: Purpose,
    day: int,
) -> Plays:
    """Play the sessions' contents one after the other; ``day`` names the log ids."""
    catalog, members = world.catalog, world.members
    session = np.repeat(np.arange(len(chosen.account)), chosen.length)
    rows = len(session)
    first_row = np.cumsum(chosen.length) - chosen.length
    place = np.arange(rows) - first_row[session]
    content = chosen.first[session] + place
    program = chosen.program[session]
    account = chosen.account[session]
    chances = random.random((6, rows), np.float32)
    is_live = catalog.is_live[program]
    goes_on = place < chosen.length[session] - 1

    watched = np.where(chances[0] < 0.56, 0.93 + 0.07 * chances[1], chances[1])
    watched = np.where(goes_on & (chances[0] < 0.9), 0.95 + 0.05 * chances[1], watched)
    seconds = watched * catalog.content_runtime[content]
    seconds = np.where(is_live, 120 - 1700 * np.log(1 - chances[1] * 0.9999), seconds)
    left_at_once = (chances[0] > 0.94) & ~goes_on
    seconds = np.where(left_at_once, 4 + 50 * chances[1], seconds)

    charge, is_preview = _charged(world, state, chosen, session, content, chances[2])
    seconds = np.where(is_preview, np.minimum(seconds, 60 + 240 * chances[1]), seconds)
    seconds = np.clip(seconds, 1, MOST_SECONDS).astype(np.int64)
    passed = seconds + np.where(chances[3] < 0.08, chances[4] * 900, 0).astype(np.int64)
    faster = chances[3] > 1 - FASTER
    passed = np.where(faster, seconds * 4 // 5 + 1, passed)
    empty = (chances[3] > 0.5) & (chances[3] < 0.5 + EMPTY)
    seconds, passed = np.where(empty, 0, seconds), np.where(empty, 0, passed)

    pause = 4 + (chances[5] * 40).astype(np.int64)
    overlaps = (chances[4] < OVERLAPPING) & goes_on
    step = passed + np.where(overlaps, -(passed // 3), pause)
    before = np.cumsum(step) - step
    begin = chosen.second[session] + before - before[first_row][session]
    micros = random.integers(0, MICROS, rows)
    started = to_micros(begin, micros)
    ended = started + passed * MICROS
    ingested = ended + ((1 - 25 * np.log(1 - chances[2] * 0.9999)) * MICROS).astype(
        np.int64
    )

    device = chosen.device[session]
    bits = device_ids(world.settings.seed, members.number[account], device)
    start_day = begin // DAY
    plays = Plays(
        log=_log_ids(world.settings.seed, purpose, day, rows),
        account=account.astype(np.int32),
        profile=(account * MOST_PROFILES + chosen.profile[session]).astype(np.int32),
        device=(account * MOST_DEVICES + device).astype(np.int32),
        kind=members.device_type[account, device],
        version=_version(start_day, bits).astype(np.int8),
        content=content.astype(np.int32),
        charge=charge.astype(np.int8),
        started=started,
        ended=ended,
        seconds=seconds,
        ingested=ingested,
        arrival=_utc_day(ingested),
    )
    # Who falls asleep over an episode after midnight leaves the rest for tomorrow.
    today = start_day == chosen.second[session] // DAY
    return plays if today.all() else plays.take(today)


def _utc_day(micros: Array) -> Array:
    return (micros // (DAY * MICROS)).astype(np.int32)


def _log_ids(seed: int, purpose: Purpose, day: int, rows: int) -> Array:
    """Return 64 bits for each of a day's rows, unlike those of any other row."""
    keys = np.uint64((int(purpose) << 58) + (day << 36)) + np.arange(
        rows, dtype=np.uint64
    )
    return mix(keys ^ mix(np.array([seed], np.uint64)))


def _charged(
    world: World,
    state: DayState,
    chosen: Sessions,
    session: Array,
    content: Array,
    chance: Array,
) -> tuple[Array, Array]:
    """Return each play's charge type and whether it is a preview of paid content."""
    catalog = world.catalog
    second, program = chosen.second[session], chosen.program[session]
    account = chosen.account[session]
    is_active = (state.active_from[account] <= second) & (
        second < state.active_to[account]
    )
    age = second // DAY - catalog.first_day[program]
    sold = catalog.is_sold_singly[program] & (age < SOLD_SINGLY_DAYS)
    is_free = catalog.content_is_free[content] & ~chosen.is_paid[session]
    buys = sold & (is_active | (chance < 0.25))
    charge = np.select([is_free, buys, is_active], [FREE, TVOD, SVOD], FREE)
    return charge, ~is_free & (charge == FREE)


@cache
def _version_days() -> Array:
    return np.array([since for _, since in VERSIONS])


def _version(day: Array, device: Array) -> Array:
    """Return the version on each device: it updates some days after a release.

    The repair of the double counting is the exception, it reaches all at once.
    """
    lag = (device % SLOWEST_UPDATE_DAYS).astype(np.int64)
    usual = np.searchsorted(_version_days(), day - lag, side="right") - 1
    repaired = np.searchsorted(_version_days(), day, side="right") - 1
    return np.where(repaired >= 3, np.maximum(usual, 3), usual)


def _double_counted(
    seed: int, plays: Plays, day: int, random: np.random.Generator
) -> Plays:
    """Return a second report of each play on the devices that count twice."""
    kind = DEVICE_TYPES.index(DOUBLE_COUNTING_TYPE)
    found = plays.take((plays.kind == kind) & (plays.version == 2))
    rows = len(found.log)
    later = random.integers(0, 2 * MICROS, rows)
    started = np.minimum(found.started + later, found.ended)
    return found._replace(
        log=_log_ids(seed, Purpose.DIRT, day, rows),
        started=started,
        seconds=np.minimum(found.seconds, (found.ended - started) // MICROS),
    )


def _without_outage(plays: Plays) -> Plays:
    """Leave out what the players could not send on the day of the outage."""
    midnight = day_number(OUTAGE_ON) * DAY - KST
    begin, end = ((midnight + hour * 3600) * MICROS for hour in OUTAGE_HOURS)
    hit = (plays.started >= begin) & (plays.started < end)
    return plays.take(~hit) if hit.any() else plays
