"""The rows of the catalogue and of the members, with their versions and their faults.

A table without a folder per day holds what it knew at the end of the sample: a row that
was written later is left out, none is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ott.sample import words
from ott.sample.catalog import RELEASE_HOUR, Catalog
from ott.sample.clock import DAY, MICROS, day_date, day_number, instant, to_micros
from ott.sample.members import Members, uno_number
from ott.sample.play_rows import profile_ids
from ott.sample.randomness import Array, Purpose, uniform
from ott.sample.world import World
from ott.sample.write import NULL, coded, digits, table, table_of, timestamps

ACCOUNT, PROFILE = "member.account", "member.profile"
PROGRAM, CONTENT = "catalog.program", "catalog.content"
ACCOUNTS_PER_GROUP = 50_000
GENDERS = ("F", "M", "", " F", "U")
GENDER_SHARES = np.cumsum([0.48, 0.46, 0.03, 0.015, 0.015])
# Years of birth, the earliest and the latest, by the favourite genre in the order of
# GENRES; the less the power, the more were born late.
BORN_SINCE = np.array((1945, 1950, 1945, 1945, 1982, 1950, 1945, 1976))
BORN_UNTIL = np.array((2011, 2011, 2011, 1985, 2011, 2011, 1980, 1996))
BORN_POWER = np.array((0.8, 0.55, 0.75, 1.0, 0.7, 0.9, 1.2, 0.9))
BORN_LATER = 29_000
ANNOUNCED_DAYS = 7
NULL_PROGRAM_KEYS, NULL_CONTENT_KEYS = 2, 3


def _known_by(world: World) -> int:
    """Return the microsecond at which the sample ends: 24:00 UTC of its last day."""
    return (day_number(world.settings.end) + 1) * DAY * MICROS


def account_rows(world: World) -> Iterator[pa.Table]:
    """Return the accounts in groups of rows, every version of an account in turn."""
    members = world.members
    for first in range(0, max(members.size, 1), ACCOUNTS_PER_GROUP):
        place = np.arange(first, min(first + ACCOUNTS_PER_GROUP, members.size))
        yield _accounts(world, place[~members.is_ghost[place]])


def _accounts(world: World, place: Array) -> pa.Table:
    """Return each account as it joined, after a change of mind and after leaving."""
    members, seed = world.members, world.settings.seed
    number = members.number[place]

    def draw(trait: int) -> Array:
        return uniform(seed, Purpose.MEMBER, number, trait)

    joined = to_micros(members.joined[place], (draw(40) * MICROS).astype(np.int64))
    leaves = world.withdrawn[place]
    withdraws = leaves < np.iinfo(np.int64).max
    left = np.where(withdraws, to_micros(np.where(withdraws, leaves, 0)), NULL)
    changes = draw(41) < 0.28
    changed = joined + ((2 + 500 * draw(42)) * DAY).astype(np.int64) * MICROS
    changes &= ~withdraws | (changed < left)
    rows = np.concatenate(
        [np.arange(len(place)), np.flatnonzero(changes), np.flatnonzero(withdraws)]
    )
    version = np.repeat([0, 1, 2], [len(place), changes.sum(), withdraws.sum()])
    updated = np.select(
        [version == 0, version == 1], [joined[rows], changed[rows]], left[rows]
    )
    known = updated < _known_by(world)
    rows, version, updated = rows[known], version[known], updated[known]
    order = np.lexsort((version, rows))
    rows, version, updated = rows[order], version[order], updated[order]

    later = (version >= 1) & changes[rows]
    push = np.where(later, draw(43)[rows] < 0.6, members.allows_push[place][rows])
    marketing = np.where(later, draw(44)[rows] < 0.4, draw(45)[rows] < 0.45)
    fault = draw(46)[rows]
    genre = members.favourite[place]
    spread = draw(47) ** BORN_POWER[genre] * (BORN_UNTIL - BORN_SINCE)[genre]
    born = ((BORN_SINCE[genre] + spread - 1970) * 365.2425).astype(np.int64)
    born = np.where(draw(48) < 0.004, BORN_LATER, born)[rows]
    uno = digits(uno_number(number), 10)
    email = pc.binary_join_element_wise(
        digits(number + 1, 7, "viewer"), "@example.com", ""
    )
    phone = digits((draw(49) * 10**7).astype(np.int64), 8, "010-")
    nothing = pa.scalar(None, pa.string())
    return table(
        ACCOUNT,
        {
            "uno": pc.if_else(pa.array(fault < 0.0015), nothing, uno.take(rows)),
            "joined_at": timestamps(joined[rows]),
            "birth_date": pa.array(
                born.astype(np.int32), pa.date32(), mask=(fault > 0.2) & (fault < 0.22)
            ),
            "gender": coded(np.searchsorted(GENDER_SHARES, draw(50)[rows]), GENDERS),
            "email": pc.if_else(pa.array(fault > 0.985), nothing, email.take(rows)),
            "phone": pc.if_else(pa.array(fault > 0.97), nothing, phone.take(rows)),
            "push_consent": pa.array(push, mask=(fault > 0.3) & (fault < 0.315)),
            "marketing_consent": pa.array(
                marketing, mask=(fault > 0.31) & (fault < 0.33)
            ),
            "withdrawn_at": timestamps(np.where(version == 2, left[rows], NULL)),
            "updated_at": timestamps(
                np.where((fault > 0.4) & (fault < 0.402), NULL, updated)
            ),
        },
    )


def profile_rows(world: World) -> Iterator[pa.Table]:
    """Return the lines of the accounts in groups of rows; some are renamed later."""
    members = world.members
    for first in range(0, max(members.size, 1), ACCOUNTS_PER_GROUP):
        place = np.arange(first, min(first + ACCOUNTS_PER_GROUP, members.size))
        yield _profiles(world, members, place[~members.is_ghost[place]])


def _profiles(world: World, members: Members, place: Array) -> pa.Table:
    lines = members.profiles[place]
    account = np.repeat(place, lines)
    profile = np.arange(len(account)) - np.repeat(np.cumsum(lines) - lines, lines)
    number = members.number[account]

    def draw(trait: int) -> Array:
        return uniform(world.settings.seed, Purpose.PROFILE, number, profile, trait)

    wait = np.where(profile == 0, 60, draw(1) * 90 * DAY).astype(np.int64)
    created = to_micros(members.joined[account] + wait)
    changed = created + ((1 + 300 * draw(2)) * DAY).astype(np.int64) * MICROS
    rows = np.concatenate([np.arange(len(account)), np.flatnonzero(draw(3) < 0.1)])
    is_first = np.arange(len(rows)) < len(account)
    updated = np.where(is_first, created[rows], changed[rows])
    known = updated < _known_by(world)
    rows, updated = rows[known], updated[known]
    fault, nothing = draw(4)[rows], pa.scalar(None, pa.string())
    keys = profile_ids(number[rows], profile[rows])
    unos = digits(uno_number(number[rows]), 10)
    return table(
        PROFILE,
        {
            "profile_id": pc.if_else(pa.array(fault < 0.0005), nothing, keys),
            "uno": unos,
            "is_kids": (profile[rows] > 0) & (draw(5)[rows] < 0.3),
            "created_at": timestamps(created[rows]),
            "updated_at": timestamps(updated),
        },
    )


def program_rows(world: World) -> pa.Table:
    """Return the programmes announced by the end; the broken one is not among them."""
    catalog = world.catalog
    random = _changes(world, 1, catalog.size)
    rows: list[dict[str, Any]] = []
    for program in range(catalog.size):
        if program == catalog.broken_program:
            continue
        first = int(catalog.first_day[program])
        announced = instant((first - ANNOUNCED_DAYS) * DAY + 32_400)
        if announced >= _known_by(world):
            continue
        row = {
            "program_id": catalog.program_ids[program],
            "title": catalog.title[program],
            "title_en": catalog.title_en[program],
            "genre": words.GENRES[catalog.genre[program]],
            "channel": catalog.channel[program],
            "is_original": bool(catalog.is_original[program]),
            "cast_names": catalog.cast[program],
            "synopsis": catalog.synopsis[program],
            "first_released_on": day_date(first),
            "updated_at": announced,
        }
        chance = random[program]
        if chance < 0.12:
            rows.append({**row, "title": f"{row['title']} (가제)"})
            row = {**row, "updated_at": announced + 3 * DAY * MICROS}
        elif chance < 0.16:
            row["title"] = f" {row['title']} "
        elif chance < 0.2:
            row["title_en"] = None
        elif chance < 0.22:
            rows.append({**row, "genre": "기타", "updated_at": None})
        rows.append(row)
        if program < NULL_PROGRAM_KEYS:
            rows.append({**row, "program_id": None})
    return table_of(PROGRAM, _known(world, rows))


def content_rows(world: World) -> pa.Table:
    """Return the contents announced by the end, the broken ones without runtime."""
    catalog = world.catalog
    chances = _changes(world, 2, len(catalog.content_program))
    days = catalog.release_day()
    rows: list[dict[str, Any]] = []
    for content, program in enumerate(catalog.content_program.tolist()):
        released = instant(int(days[content]) * DAY + RELEASE_HOUR * 3600)
        announced = released - ANNOUNCED_DAYS * DAY * MICROS
        if announced >= _known_by(world):
            continue
        row = _content(catalog, content, program, released, announced)
        chance = chances[content]
        if chance < 0.03 and row["runtime_seconds"]:
            rows.append({**row, "runtime_seconds": None})
            row = {**row, "updated_at": released + 3_600 * MICROS}
        elif chance < 0.04:
            row["title"] = f" {row['title']}"
        rows.append(row)
        if content < NULL_CONTENT_KEYS:
            rows.append({**row, "content_id": " "})
    return table_of(CONTENT, _known(world, rows))


def _content(
    catalog: Catalog, content: int, program: int, released: int, announced: int
) -> dict[str, Any]:
    is_live = bool(catalog.is_live[program])
    is_movie = catalog.genre[program] == words.MOVIE and not is_live
    episode = int(catalog.content_episode[content]) + 1
    runtime: int | None = int(catalog.content_runtime[content])
    kind = "LIVE" if is_live else "MOVIE" if is_movie else "VOD"
    if is_live:
        runtime = 0 if program % 2 else None
    if program == catalog.broken_program:
        runtime = 0
    if content == catalog.clip_content:
        kind = "CLIP"
    title = catalog.title[program]
    return {
        "content_id": catalog.content_ids[content],
        "program_id": None
        if content == catalog.orphan_content
        else catalog.program_ids[program],
        "content_type": kind,
        "title": title if is_live or is_movie else f"{title} {episode}화",
        "episode_number": None if is_live or is_movie else episode,
        "runtime_seconds": runtime,
        "released_at": released,
        "updated_at": announced,
    }


def _changes(world: World, table_number: int, size: int) -> Array:
    numbers = np.arange(size)
    return uniform(world.settings.seed, Purpose.CATALOG, numbers, table_number)


def _known(world: World, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if (row["updated_at"] or 0) < _known_by(world)]
