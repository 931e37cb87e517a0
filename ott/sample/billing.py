"""Subscription events of the lives, printed as the billing system prints them.

The whole history up to the sample's end is written, for a warehouse needs it to know
who subscribes on its first day: before ``BILLING_DAILY_SINCE`` the old billing system
sent each month's events in one delivery on the first of the next month, after it they
arrive by the minute. What arrived on a UTC date makes one file, which depends on no
parameter but the number of accounts and the seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from ott.sample import lives as life
from ott.sample.billing_rows import NAME, Events, as_table, spoil
from ott.sample.clock import (
    DAY,
    KST,
    MICROS,
    add_months,
    day_date,
    day_number,
    month_number,
    to_micros,
)
from ott.sample.lives import TELCO, Lives
from ott.sample.members import Members
from ott.sample.randomness import Array, Purpose, hashed, uniform
from ott.sample.settings import (
    BILLING_DAILY_SINCE,
    PRICE_RISE_ON,
    SERVICE_LAUNCH,
    Settings,
)
from ott.sample.write import NULL, ingest_folder, write

LATEST_DAYS = 11
EARLIEST_RENEWAL = 5 * DAY
CHUNK_ROWS = 100_000

RISEN_PRICE = {7_900: 8_900, 10_900: 12_500, 13_900: 15_900}
RISEN_YEARLY = {79_000: 89_000, 109_000: 125_000, 139_000: 159_000}


def arrivals(settings: Settings) -> list[tuple[date, date]]:
    """Return ranges of UTC dates of arrival, last included, each one task's work."""
    ranges = []
    first = SERVICE_LAUNCH.replace(day=1)
    while first <= settings.end:
        following = (first + timedelta(days=32)).replace(day=1)
        last = min(following - timedelta(days=1), settings.end)
        ranges.append((first, last))
        first = following
    return ranges


def write_arrivals(
    root: Path,
    settings: Settings,
    members: Members,
    lives: Lives,
    days: tuple[date, date],
) -> tuple[int, int]:
    """Write what arrived within UTC dates; return the numbers of rows and files."""
    events = _arrived(
        settings, members, lives, day_number(days[0]), day_number(days[1])
    )
    edges = np.flatnonzero(np.diff(events.arrival)) + 1
    rows = files = 0
    for begin, end in zip([0, *edges], [*edges, len(events.key)], strict=True):
        if begin == end:
            continue
        folder = ingest_folder(int(events.arrival[begin]))
        chunks = _chunks(members, events, int(begin), int(end))
        rows += write(root, NAME, f"{folder}/events.parquet", chunks)
        files += 1
    return rows, files


def _chunks(
    members: Members, events: Events, begin: int, end: int
) -> Iterator[pa.Table]:
    for first in range(begin, end, CHUNK_ROWS):
        yield as_table(
            members, events.take(np.arange(first, min(first + CHUNK_ROWS, end)))
        )


def _arrived(
    settings: Settings, members: Members, lives: Lives, first: int, last: int
) -> Events:
    """Return the events that arrived on the UTC days, sorted by arrival."""
    daily = day_number(BILLING_DAILY_SINCE)
    since = first - LATEST_DAYS
    if first <= daily:
        # The delivery of a first of the month holds the month before.
        since = min(since, day_number(day_date(first - 1).replace(day=1)) - 1)
    # A renewal may come days before the period that it opens.
    events = _between(members, lives, since * DAY, (last + 1) * DAY + KST)
    chance = uniform(members.seed, Purpose.BILLING, events.key, 1)
    spread = uniform(members.seed, Purpose.BILLING, events.key, 2)
    lag = 1 + spread * 240
    lag = np.where(chance < 0.012, DAY * (0.1 + 2.8 * spread), lag)
    lag = np.where(chance < 0.0008, DAY * (3.5 + 6 * spread), lag)
    ingested = _delivered(events.occurred + (lag * MICROS).astype(np.int64), daily)
    again = np.flatnonzero((chance > 0.5) & (chance < 0.51))
    resent_lag = np.where(
        spread < 0.3, 0, np.where(spread < 0.8, spread * 6, 30) * 3600
    )
    resent = ingested[again] + (resent_lag[again] * MICROS).astype(np.int64)
    events = events.take(np.concatenate([np.arange(len(events.key)), again]))
    ingested = np.concatenate([ingested, resent])
    arrival = ingested // (DAY * MICROS)
    events = events._replace(ingested=ingested, arrival=arrival)
    events = events.take((arrival >= first) & (arrival <= last))
    order = np.lexsort((events.key, events.ingested, events.arrival))
    return spoil(members.seed, events.take(order))


def _delivered(ingested: Array, daily: int) -> Array:
    """Move arrivals of the old billing system to the first of the next month, 03:00."""
    days = ingested // (DAY * MICROS)
    months = days.astype("M8[D]").astype("M8[M]") + 1
    delivery = months.astype("M8[D]").astype(np.int64) * DAY + 3 * 3600
    second = ingested // MICROS % 3600
    return np.where(days < daily, (delivery + second) * MICROS, ingested)


def _between(members: Members, lives: Lives, since: int, until: int) -> Events:
    """Return all events that occurred within local seconds, none of them spoilt yet."""
    alive = (lives.start < until) & (lives.end + EARLIEST_RENEWAL > since)
    lives = lives.take(alive)
    months = life.product_months()[lives.product]
    month = month_number(lives.start)
    lowest = np.clip(-((month - month_number(since)) // months), 0, lives.periods)
    reach = (month_number(until + EARLIEST_RENEWAL) - month) // months + 1
    number = np.maximum(np.clip(reach, 0, lives.periods) - lowest, 0)
    stretch = np.repeat(np.arange(len(number)), number)
    begin_of = np.cumsum(number) - number
    period = np.arange(len(stretch)) - begin_of[stretch] + lowest[stretch]
    start, gap = lives.start[stretch], lives.has_gaps[stretch]
    months_each = months[stretch]
    begin = add_months(start, months_each * period)
    end = add_months(start, months_each * (period + 1))
    renews = period > 0
    occurred = begin - np.where(renews, lives.renews_early[stretch], 0)
    begin = begin + (renews & (gap > 0))
    kind = np.where(renews, life.RENEW, lives.first_type[stretch])
    paid = _made(members, lives, stretch, period, kind, occurred, begin, end)

    last = add_months(lives.start, months * (lives.periods - 1))
    cancelled = np.flatnonzero(lives.ending == life.CANCELLED)
    refunded = np.flatnonzero(lives.ending == life.REFUNDED)
    ends = np.concatenate([cancelled, refunded])
    account = members.number[lives.account[ends]]
    share = uniform(members.seed, Purpose.BILLING, account, lives.place[ends], 3)
    cancels_at = last[ends] + ((lives.end - last)[ends] * share).astype(np.int64)
    is_refund = lives.ending[ends] == life.REFUNDED
    at = np.where(is_refund, lives.end[ends], cancels_at)
    kind = np.where(is_refund, life.REFUND, life.CANCEL)
    nothing = np.full(len(ends), NULL)
    period = np.where(is_refund, lives.periods[ends] - 1, 0) + 1_000
    paid_at = last[ends]
    final = _made(members, lives, ends, period, kind, at, nothing, nothing, paid_at)
    events = Events(*(np.concatenate(pair) for pair in zip(paid, final, strict=True)))
    occurred_local = events.occurred // MICROS + KST
    return events.take((occurred_local >= since) & (occurred_local < until))


def _made(
    members: Members,
    lives: Lives,
    stretch: Array,
    period: Array,
    kind: Array,
    occurred: Array,
    begin: Array,
    end: Array,
    paid_at: Array | None = None,
) -> Events:
    account = lives.account[stretch]
    number, slot = members.number[account], lives.slot[stretch]
    key = hashed(
        members.seed, Purpose.BILLING, number, slot, lives.place[stretch], period
    )
    product = lives.product[stretch]
    amount = _price(product, occurred if paid_at is None else paid_at)
    promoted = (kind == life.SUBSCRIBE) & (key % 100 < 7) & (product < life.YEARLY)
    amount = np.where(promoted, amount // 200 * 100, amount)
    amount = np.where(kind == life.CANCEL, NULL, amount)
    micros = (key >> np.uint64(20)).astype(np.int64) % MICROS
    rows = len(key)
    return Events(
        key=key,
        no_key=np.zeros(rows, bool),
        account=account,
        subscription=number * 100 + slot * 50 + lives.subscription[stretch],
        type=kind,
        product=product,
        occurred=to_micros(occurred, micros),
        begin=np.where(begin == NULL, NULL, to_micros(begin)),
        end=np.where(end == NULL, NULL, to_micros(end)),
        amount=amount,
        currency=np.where(key % 211 == 7, 3, 0),
        ingested=np.zeros(rows, np.int64),
        arrival=np.zeros(rows, np.int64),
    )


def _price(product: Array, local: Array) -> Array:
    """Return the amount of each product at a local second; partners' prices stay."""
    before = life.product_prices()
    rises = {**RISEN_PRICE, **RISEN_YEARLY}
    after = before.copy()
    after[:TELCO] = [rises.get(int(price), int(price)) for price in before[:TELCO]]
    risen = local >= day_number(PRICE_RISE_ON) * DAY
    return np.where(risen, after[product], before[product])
