"""Plays as rows: re-sent, spoilt a little, and printed.

Of each reason for which the raw contract refuses a play there are a few a day; other
rows are merely untidy, with spaces around a text, an empty text or a null.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from ott.sample.catalog import Catalog
from ott.sample.clock import DAY, MICROS, day_date
from ott.sample.members import (
    DEVICE_TYPES,
    MOST_DEVICES,
    MOST_PROFILES,
    device_ids,
    uno_number,
)
from ott.sample.plays import VERSIONS, Plays, join, late, of_day
from ott.sample.randomness import Array, Purpose, stream
from ott.sample.world import World
from ott.sample.write import (
    NULL,
    coded,
    coded_by,
    digits,
    hexadecimal,
    ingest_folder,
    integers,
    table,
    timestamps,
    write,
)

NAME = "player.viewing_log"
RESENT_SHARE = 0.008
FAULT_SHARE = 0.0012
ROWS_PER_GROUP = 60_000

KINDS = (*DEVICE_TYPES, " SMART_TV ", "", "smart_tv")
VERSION_TEXTS = (*(version for version, _ in VERSIONS), "")
CHARGES = ("FREE", "SVOD", "TVOD", " SVOD ", "AVOD", "svod", "")
FAR_FUTURE = 253_402_214_400 * MICROS
HOUR = 3_600 * MICROS


def write_day(root: Path, world: World, day: int) -> tuple[int, int]:
    """Write the plays of a KST day; return the numbers of rows and files."""
    random = stream(world.settings.seed, Purpose.DIRT, day)
    plays = of_day(world, day)
    plays = join([plays, _resent(plays, day, random)])
    return _write(root, world, plays, random, f"plays-{day_date(day)}.parquet")


def write_late(root: Path, world: World, arrival: int) -> tuple[int, int]:
    """Write what arrives late on a UTC day; return the numbers of rows and files."""
    random = stream(world.settings.seed, Purpose.DIRT, arrival, 1)
    plays = late(world, arrival)
    return _write(root, world, plays, random, f"late-{day_date(arrival)}.parquet")


def _write(
    root: Path, world: World, plays: Plays, random: np.random.Generator, file: str
) -> tuple[int, int]:
    plays = plays.take(np.argsort(plays.ingested, kind="stable"))
    plays = _spoilt(world.catalog, plays, random)
    edges = np.flatnonzero(np.diff(plays.arrival)) + 1
    bounds = [0, *edges.tolist(), len(plays.log)]
    files = 0
    for begin, end in pairwise(bounds):
        if begin < end:
            folder = ingest_folder(int(plays.arrival[begin]))
            write(root, NAME, f"{folder}/{file}", _groups(world, plays, begin, end))
            files += 1
    return len(plays.log), files


def _groups(world: World, plays: Plays, begin: int, end: int) -> Iterator[pa.Table]:
    for first in range(begin, end, ROWS_PER_GROUP):
        last = min(first + ROWS_PER_GROUP, end)
        yield _as_table(world, Plays(*(column[first:last] for column in plays)))


def _resent(plays: Plays, day: int, random: np.random.Generator) -> Plays:
    """Return plays sent once more: as they were, counted on, or with another start."""
    chosen = np.flatnonzero(random.random(len(plays.log)) < RESENT_SHARE)
    again = plays.take(chosen)
    rows = len(chosen)
    way, amount = random.random((2, rows))
    counted_on = (way >= 0.3) & (way < 0.8)
    more = np.where(counted_on, 1 + amount * 120, 0).astype(np.int64)
    moves = np.where(way >= 0.8, (amount * 2 - 1) * 1200 * MICROS, 0).astype(np.int64)
    later = np.where(way < 0.3, 0, (0.2 + 6 * amount) * HOUR).astype(np.int64)
    # The day's plays arrive on two UTC dates at most, so that its files are two.
    closes = (day + 1) * DAY * MICROS - 1
    ingested = np.minimum(again.ingested + later, closes)
    return again._replace(
        started=again.started + moves,
        ended=again.ended + moves + more * MICROS,
        seconds=again.seconds + more,
        ingested=ingested,
        arrival=(ingested // (DAY * MICROS)).astype(np.int32),
    )


def _spoilt(catalog: Catalog, plays: Plays, random: np.random.Generator) -> Plays:
    """Break rows in each way that the contract refuses, and make others untidy."""
    rows = len(plays.log)
    chance = random.random(rows)
    amount = random.random(rows, np.float32)
    which = random.integers(0, 8, rows)

    def share(place: int, part: float = 1.0) -> Array:
        low = place * FAULT_SHARE
        return (chance >= low) & (chance < low + part * FAULT_SHARE)

    lost, reversed_, long = share(0), share(1), share(2)
    future, ancient, miscounted = share(3), share(4), share(5)
    unknown_charge, unknown_content = share(6), share(7)
    started, ended, seconds = plays.started, plays.ended, plays.seconds
    passed = ended - started

    started = np.where(
        future, plays.ingested + HOUR + (amount * 60).astype(int) * HOUR, started
    )
    started = np.where(future & (which == 0), FAR_FUTURE, started)
    before = (which % 4).astype(np.int64) * 365 * DAY * MICROS + started % (
        DAY * MICROS
    )
    started = np.where(ancient, before, started)
    ended = np.where(future | ancient, started + passed, ended)
    ended = np.where(reversed_, started - MICROS - (amount * HOUR).astype(int), ended)
    ended = np.where(
        long, started + 25 * HOUR + (amount * 50).astype(int) * HOUR, ended
    )
    in_milliseconds = np.where(seconds >= 87, seconds * 1000, -1)
    seconds = np.where(miscounted, in_milliseconds, seconds)
    seconds = np.where(miscounted & (which == 0), NULL, seconds)
    seconds = np.where(miscounted & (which == 1), -seconds, seconds)

    contents = len(catalog.content_program)
    untidy = chance > 0.985
    tidiness = random.integers(0, 12, rows)
    tv = DEVICE_TYPES.index("SMART_TV")
    kind = np.select(
        [untidy & (tidiness < 3), untidy & (tidiness == 3)],
        [-1, KINDS.index("")],
        plays.kind,
    )
    padded = (kind == tv) & untidy & (tidiness < 7)
    kind = np.where(padded, KINDS.index(" SMART_TV "), kind)
    charge = plays.charge.copy()
    charge[untidy & (tidiness == 7) & (charge == 1)] = CHARGES.index(" SVOD ")
    strange = np.array([CHARGES.index("AVOD"), CHARGES.index("svod"), 6, -1])
    charge = np.where(unknown_charge, strange[which % 4], charge)
    content = plays.content + np.where(untidy & (tidiness == 8), contents, 0)
    content = np.where(unknown_content, 2 * contents + which % 2, content)
    version = np.where(untidy & (tidiness == 9), len(VERSIONS), plays.version)
    version = np.where(untidy & (tidiness == 10), -1, version)
    return plays._replace(
        account=np.where(lost & (which == 0), -1, plays.account),
        profile=np.where(lost & (which == 1), -1, plays.profile),
        device=np.where(lost & (which == 2), -1, plays.device),
        content=np.where(lost & (which == 3), -1, content),
        started=np.where(lost & (which == 4), NULL, started),
        ended=np.where(lost & (which == 5), NULL, ended),
        ingested=np.where(lost & (which == 6), NULL, plays.ingested),
        log=np.where(lost & (which == 7), np.uint64(0), plays.log),
        kind=kind,
        version=version,
        charge=charge,
        seconds=seconds,
    )


def _as_table(world: World, plays: Plays) -> pa.Table:
    members, catalog = world.members, world.catalog
    contents = len(catalog.content_program)

    def profiles(found: Array) -> pa.Array:
        account, profile = np.divmod(found, MOST_PROFILES)
        return profile_ids(members.number[account], profile)

    def devices(found: Array) -> pa.Array:
        account, device = np.divmod(found, MOST_DEVICES)
        bits = device_ids(members.seed, members.number[account], device)
        return hexadecimal(bits)

    def content_texts(found: Array) -> pa.Array:
        return pa.array([content_text(catalog, code) for code in found.tolist()])

    return table(
        NAME,
        {
            "log_id": hexadecimal(plays.log, plays.log == 0),
            "uno": coded_by(
                plays.account,
                members.size,
                lambda found: digits(uno_number(members.number[found]), 10),
            ),
            "profile_id": coded_by(
                plays.profile, members.size * MOST_PROFILES, profiles
            ),
            "device_id": coded_by(plays.device, members.size * MOST_DEVICES, devices),
            "device_type": coded(plays.kind, KINDS),
            "app_version": coded(plays.version, VERSION_TEXTS),
            "content_id": coded_by(plays.content, 2 * contents + 2, content_texts),
            "charge_type": coded(plays.charge, CHARGES),
            "started_at": timestamps(plays.started),
            "ended_at": timestamps(plays.ended),
            "play_seconds": integers(plays.seconds),
            "ingested_at": timestamps(plays.ingested),
        },
    )


def profile_ids(number: Array, profile: Array) -> pa.Array:
    """Return the key of each line of an account's number."""
    return digits(number * MOST_PROFILES + profile + 1, 9, "P")


def content_text(catalog: Catalog, code: int) -> str:
    """Return the content id as printed: plain, with spaces around it, or unknown."""
    contents = len(catalog.content_program)
    if code < contents:
        return catalog.content_ids[code]
    if code < 2 * contents:
        return f" {catalog.content_ids[code - contents]} "
    return ("C9999999", "TEST-CONTENT")[code - 2 * contents]
