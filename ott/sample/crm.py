"""Push campaigns: for premieres, before the weekend, and to win accounts back.

A tenth of most segments is held out, half of those to win back, and of some picks
nobody. Some of those who open a push then watch the programme, and some of those to win
back return, which gives campaigns an effect to be found.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from ott.sample import win_back
from ott.sample.catalog import Catalog
from ott.sample.clock import DAY, KST, MICROS, day_date, day_number, instant, to_micros
from ott.sample.members import uno_number
from ott.sample.randomness import Array, Purpose, hashed, uniform
from ott.sample.settings import HORIZON
from ott.sample.world import Wishes, World
from ott.sample.write import (
    NULL,
    coded,
    coded_by,
    digits,
    hexadecimal,
    table,
    table_of,
    timestamps,
)

CAMPAIGN, EVENT = "crm.push_campaign", "crm.push_event"
CAMPAIGNS_SINCE = date(2023, 1, 3)
PLANNED_DAYS = 2
FANS, PICK, WIN_BACK = range(3)
SEGMENTS = ("genre_fans", "weekend_pick", "win_back")
SHARES = (0.3, 0.06)
HOLDOUT_PERCENTS = (10, 10, win_back.HOLDOUT_PERCENT)
TYPES = ("CONTROL", "SENT", "DELIVERED", "FAILED", "OPENED", "CLICKED", " SENT")
CONTROL, SENT, DELIVERED, FAILED, OPENED = range(5)
REASONS = ("TOKEN_EXPIRED", "OS_BLOCKED", "NETWORK", "QUIET_HOURS")
MALFORMED = ('{"reason": "TOKEN_EX', "", None, "[]", '{"os": }')
FAULTS = 600
TURNS = 9
WATCHES_AFTER_OPENING = 0.55
REACH_DAYS = 3


class Campaign(NamedTuple):
    """A campaign; ``second`` is the local second at which it goes out."""

    number: int
    segment: int
    program: int
    second: int

    @property
    def key(self) -> str:
        """Return the campaign's id."""
        return f"PUSH{self.number:05d}"

    @property
    def holdout_percent(self) -> int:
        """Return how many in a hundred are held out; of some picks nobody."""
        if self.segment == PICK and self.number % 3 == 0:
            return 0
        return HOLDOUT_PERCENTS[self.segment]


class Events(NamedTuple):
    """Arrays with one element per push event; ``occurred`` is a local second."""

    campaign: Array
    account: Array
    kind: Array
    occurred: Array
    bits: Array


@lru_cache(maxsize=2)
def campaigns(catalog: Catalog) -> list[Campaign]:
    """Return all campaigns up to the horizon, in order of their day."""
    found = []
    since = day_number(CAMPAIGNS_SINCE)
    for program, day in zip(*catalog.premieres, strict=True):
        if day >= since:
            found.append((int(day) * DAY + 18 * 3600 + 1800, FANS, int(program)))
    for day in range(since, day_number(HORIZON)):
        today = day_date(day)
        if today.weekday() == 3 or win_back.is_day(day):
            weights = np.where(catalog.is_live, 0, catalog.popularity(day))
            # The most popular ones take turns.
            program = int(np.argsort(-weights, kind="stable")[day // 7 % TURNS])
            segment = PICK if today.weekday() == 3 else WIN_BACK
            found.append((day * DAY + win_back.SECOND, segment, program))
    return [
        Campaign(number, segment, program, second)
        for number, (second, segment, program) in enumerate(sorted(found), 1)
    ]


def campaign_rows(world: World) -> pa.Table:
    """Return the campaigns from the sample's start on, planned two days before.

    Some were changed in between.
    """
    settings, catalog = world.settings, world.catalog
    begin = day_number(settings.start) * DAY
    end = (day_number(settings.end) + 1 + PLANNED_DAYS) * DAY
    rows = []
    for campaign in campaigns(catalog):
        if begin <= campaign.second < end:
            titled = catalog.title[campaign.program]
            day = day_date(campaign.second // DAY)
            row: dict[str, Any] = {
                "campaign_id": campaign.key,
                "campaign_name": f"{day:%y%m%d}_{SEGMENTS[campaign.segment]}",
                "program_id": catalog.program_ids[campaign.program],
                "segment_name": SEGMENTS[campaign.segment],
                "message_title": _title(campaign.segment, titled),
                "message_body": f"지금 바로 {titled} 보러 가기",
                "scheduled_at": instant(campaign.second),
                "holdout_percent": campaign.holdout_percent,
                "updated_at": instant(campaign.second - PLANNED_DAYS * DAY),
            }
            is_changed_by_now = campaign.second - DAY < end - PLANNED_DAYS * DAY
            if campaign.number % 6 == 0 and is_changed_by_now:
                rows.append({**row, "message_title": f" {row['message_title']} "})
                row = {**row, "updated_at": row["updated_at"] + DAY * MICROS}
            rows.append(row)
    return table_of(CAMPAIGN, rows)


def _title(segment: int, titled: str) -> str:
    return (
        f"오늘 공개! {titled}",
        f"주말엔 {titled} 어때요?",
        f"다시 만나요, {titled} 새 이야기",
    )[segment]


@lru_cache(maxsize=16)
def _events_of(world: World, campaign: Campaign) -> Events:
    """Return what becomes of a campaign, whenever it happens."""
    members, catalog, seed = world.members, world.catalog, world.settings.seed
    second, segment = campaign.second, campaign.segment
    there = (members.joined < second) & (world.withdrawn > second)
    there &= members.allows_push
    if segment == FANS:
        there &= members.favourite == catalog.genre[campaign.program]
    elif segment == WIN_BACK:
        there &= world.day(second // DAY).active_to == 0
        left = np.zeros(members.size, bool)
        left[world.lives.account[world.lives.end < second]] = True
        there &= left
    account = np.flatnonzero(there)
    number = members.number[account]

    def draw(trait: int) -> Array:
        return uniform(seed, Purpose.PUSH, number, campaign.number, trait)

    day = second // DAY
    if segment == WIN_BACK:
        chosen = win_back.is_asked(seed, number, day)
    else:
        chosen = draw(1) < SHARES[segment]
    account, number = account[chosen], number[chosen]
    if segment == WIN_BACK:
        held_out = win_back.is_held_out(seed, number, day)
    else:
        held_out = draw(2) < campaign.holdout_percent / 100
    sent_at = second + (draw(3) * 900).astype(np.int64)
    fails = ~held_out & (draw(4) < 0.045)
    arrives = ~held_out & ~fails
    opens = arrives & (draw(5) < 0.12)
    done_at = sent_at + 1 + (draw(6) * 20).astype(np.int64)
    wait = np.minimum(-5400 * np.log(1 - draw(7)), 30 * 3600).astype(np.int64)
    parts = (
        (held_out, CONTROL, np.full(len(account), second)),
        (~held_out, SENT, sent_at),
        (fails, FAILED, done_at),
        (arrives, DELIVERED, done_at),
        (opens, OPENED, done_at + 5 + wait),
    )
    who = np.concatenate([account[mask] for mask, _, _ in parts])
    kind = np.concatenate([np.full(mask.sum(), kind) for mask, kind, _ in parts])
    bits = hashed(seed, Purpose.PUSH, members.number[who], campaign.number, kind, 8)
    return Events(
        campaign=np.full(len(who), campaign.number),
        account=who,
        kind=kind,
        occurred=np.concatenate([at[mask] for mask, _, at in parts]),
        bits=bits,
    )


def _around(world: World, first: int, last: int) -> list[Campaign]:
    return [
        campaign
        for campaign in campaigns(world.catalog)
        if first <= campaign.second // DAY <= last
    ]


def openers(world: World, day: int) -> Wishes:
    """Return who watches a campaign's programme on a KST day after opening its push."""
    accounts, seconds, programs = [], [], []
    for campaign in _around(world, day - 1, day):
        events = _events_of(world, campaign)
        opened = events.kind == OPENED
        opened &= events.occurred // DAY == day
        opened &= events.bits % 100 < WATCHES_AFTER_OPENING * 100
        accounts.append(events.account[opened])
        seconds.append(events.occurred[opened] + 60)
        programs.append(np.full(opened.sum(), campaign.program))
    nothing = np.zeros(0, np.int64)
    return Wishes(
        np.concatenate([nothing, *accounts]),
        np.concatenate([nothing, *seconds]),
        np.concatenate([nothing, *programs]),
    )


def event_rows(world: World, arrival: int) -> pa.Table | None:
    """Return the push events that arrive on a UTC day, None where there are none."""
    parts = [
        _events_of(world, found)
        for found in _around(world, arrival - REACH_DAYS, arrival + 1)
    ]
    if not parts:
        return None
    events = Events(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    lag = 1 + (events.bits >> np.uint64(8)) % 55
    lag = np.where(events.bits % 200 == 3, 20 * 3600, lag).astype(np.int64)
    micros = (events.bits >> np.uint64(16)).astype(np.int64) % MICROS
    occurred = to_micros(events.occurred, micros)
    ingested = occurred + lag * MICROS
    again = np.flatnonzero(events.bits % 163 == 5)
    rows = np.concatenate([np.arange(len(lag)), again])
    ingested = np.concatenate([ingested, ingested[again] + 700 * MICROS])
    within = ingested // (DAY * MICROS) == arrival
    rows, ingested = rows[within], ingested[within]
    order = np.argsort(ingested, kind="stable")
    rows, ingested = rows[order], ingested[order]
    if not len(rows):
        return None
    account, bits, kind = events.account[rows], events.bits[rows], events.kind[rows]
    fault = (bits >> np.uint64(24)).astype(np.int64) % FAULTS
    occurred = np.where(fault == 3, ingested + KST * MICROS, occurred[rows])
    occurred = np.where(fault == 5, 0, occurred)
    campaign = np.where(fault == 6, -1, events.campaign[rows])
    # no campaign has the number 0
    campaign = np.where(fault == 7, 0, campaign)
    return table(
        EVENT,
        {
            "event_id": hexadecimal(bits, fault == 0),
            "campaign_id": coded_by(
                campaign,
                len(campaigns(world.catalog)) + 1,
                lambda found: digits(found, 5, "PUSH"),
            ),
            "uno": coded_by(
                np.where(fault == 1, -1, account),
                world.members.size,
                lambda found: digits(uno_number(world.members.number[found]), 10),
            ),
            "event_type": coded(_kinds(kind, fault), TYPES),
            "occurred_at": timestamps(np.where(fault == 4, NULL, occurred)),
            "payload": _payloads(kind, bits),
            "ingested_at": timestamps(ingested),
        },
    )


def _kinds(kind: Array, fault: Array) -> Array:
    """Return the codes of the types as printed: one unknown, one with a space."""
    return np.select([fault == 2, (fault > FAULTS - 3) & (kind == SENT)], [5, 6], kind)


def _payloads(kind: Array, bits: Array) -> pa.Array:
    """Return the JSON of each event, dictionary-encoded."""
    trait = (bits >> np.uint64(32)).astype(np.int64)
    code = np.where(kind == FAILED, 4 + trait // 4 % 4 * 4, 0) + trait % 4
    code = np.where(trait % 97 == 11, 20 + trait // 97 % len(MALFORMED), code)
    code = np.where(kind == CONTROL, 25, code)
    texts: list[str | None] = []
    for number in range(20):
        os_name, variant = ("android", "ios")[number % 2], "AB"[number // 2 % 2]
        reason = f'"reason": "{REASONS[number // 4 - 1]}", ' if number >= 4 else ""
        texts.append(f'{{{reason}"os": "{os_name}", "variant": "{variant}"}}')
    return coded(code, [*texts, *MALFORMED, "{}"])
