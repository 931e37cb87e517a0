"""The life of each account as a customer, as stretches of one product.

A stretch begins with a SUBSCRIBE, RENEW or CHANGE event, renews some times and ends in
one way; from its account's number and its place in the life alone follows all of it. A
second life (``slot`` 1) belongs to the few accounts that hold two subscriptions.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np

from ott.contract import PROJECT_DIR
from ott.errors import UserError
from ott.sample import win_back
from ott.sample.catalog import Catalog
from ott.sample.clock import DAY, add_months
from ott.sample.members import Members, attract, evening
from ott.sample.price_rise import react
from ott.sample.randomness import Array, Purpose, pick, uniform

PRODUCTS = (
    *("BASIC_M", "STANDARD_M", "PREMIUM_M"),
    *("BASIC_Y", "STANDARD_Y", "PREMIUM_Y"),
    *("TRIAL_1M", "COUPON_3M"),
    *("TELCO_BASIC_M", "TELCO_STANDARD_M", "TELCO_PREMIUM_M"),
)
YEARLY, TRIAL, COUPON, TELCO = 3, 6, 7, 8
SUBSCRIBE, RENEW, CHANGE, CANCEL, REFUND = range(5)
EVENT_TYPES = ("SUBSCRIBE", "RENEW", "CHANGE", "CANCEL", "REFUND")
# How a stretch ends: the pass runs out without a word, after a CANCEL, is cut by a
# REFUND or a CHANGE, or the same subscription goes on with a RENEW of another product.
LAPSES, CANCELLED, REFUNDED, CHANGED, CONVERTED = range(5)

FIRST_PRODUCT = np.cumsum(
    [0.19, 0.16, 0.09, 0.04, 0.03, 0.02, 0.22, 0.07, 0.06, 0.08, 0.04]
)
LATER_PRODUCT = np.cumsum(
    [0.33, 0.24, 0.15, 0.05, 0.04, 0.03, 0.0, 0.06, 0.03, 0.04, 0.03]
)
PAID_PRODUCT = np.cumsum([0.46, 0.31, 0.17, 0.03, 0.02, 0.01])
NEVER_SUBSCRIBES, SUBSCRIBES_AT_ONCE = 0.13, 0.66
HAS_SECOND_SUBSCRIPTION = 0.04
MOST_STRETCHES = 24


@dataclass(frozen=True)
class Lives:
    """Arrays with one element per stretch; instants are local seconds.

    They are kept as narrow as ``WIDTHS`` says, for every process holds them.

    ``account`` is the place in ``Members``. ``start`` to ``end`` is what it had: for a
    stretch cut short ``end`` is the cut. ``renews_early`` is by how many seconds
    renewals come before the period that they open, ``has_gaps`` marks stretches whose
    periods leave a second between them, ``premiere`` is the programme that drew a new
    subscription, or -1. ``withdraws`` is the instant at which the account leaves after
    the stretch, or 0.
    """

    account: Array
    slot: Array
    place: Array
    subscription: Array
    product: Array
    first_type: Array
    start: Array
    periods: Array
    end: Array
    ending: Array
    renews_early: Array
    has_gaps: Array
    premiere: Array
    withdraws: Array

    def take(self, chosen: Array) -> Lives:
        """Return the chosen stretches, by a mask or by indices, as int64."""
        return Lives(*(getattr(self, name)[chosen].astype(np.int64) for name in WIDTHS))


WIDTHS = {
    "account": np.int32,
    "slot": np.int8,
    "place": np.int8,
    "subscription": np.int8,
    "product": np.int8,
    "first_type": np.int8,
    "start": np.int64,
    "periods": np.int8,
    "end": np.int64,
    "ending": np.int8,
    "renews_early": np.int32,
    "has_gaps": np.int8,
    "premiere": np.int16,
    "withdraws": np.int64,
}


@cache
def product_months() -> Array:
    """Return the months of each of ``PRODUCTS``, from the seed of products."""
    return np.array([int(row["billing_months"]) for row in _product_rows()])


@cache
def product_prices() -> Array:
    """Return the list price of each of ``PRODUCTS`` in KRW, from the seed."""
    return np.array([int(row["list_price_krw"]) for row in _product_rows()])


def _product_rows() -> list[dict[str, str]]:
    path = PROJECT_DIR / "seeds" / "products.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = {row["product_code"]: row for row in csv.DictReader(lines)}
    lacking = [code for code in PRODUCTS if code not in rows]
    if lacking:
        raise UserError(
            f"{path}: the sample sells {', '.join(lacking)}, which the file lacks. "
            "Put the rows back to write a sample; company logs do not need them."
        )
    return [rows[code] for code in PRODUCTS]


def build(members: Members, catalog: Catalog, until: int) -> Lives:
    """Live the lives of all accounts, every stretch that starts by a local second."""
    both = np.arange(members.size)
    second = np.flatnonzero(members.draw(20) < HAS_SECOND_SUBSCRIPTION)
    parts = [_live(members, catalog, both, 0, until)]
    parts.append(_live(members, catalog, second, 1, until))
    return Lives(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in WIDTHS)
    )


def _live(
    members: Members, catalog: Catalog, account: Array, slot: int, until: int
) -> Lives:
    seed = members.seed

    def draw(trait: int, place: int) -> Array:
        keys = (members.number[account], slot, place, trait)
        return uniform(seed, Purpose.LIFE, *keys)

    joined = members.joined[account]
    at_once = draw(1, 99) < SUBSCRIBES_AT_ONCE
    waits = (1 - 45 * np.log(1 - draw(2, 99))) * DAY
    if slot:
        at_once[:] = False
        waits = waits * 4
    start = joined + np.where(at_once, 180 + draw(3, 99) * 3000, waits).astype(np.int64)
    start = np.where(at_once, np.minimum(start, joined // DAY * DAY + DAY - 600), start)
    premiere = np.where(at_once, members.premiere[account], -1)
    late = ~at_once
    moved = _pull(catalog, members, account, start, draw(4, 99), 0)
    start = np.where(late, moved[0], start)
    premiere = np.where(late, moved[1], premiere)

    product = pick(FIRST_PRODUCT, draw(5, 99))
    first_type = np.full(len(account), SUBSCRIBE)
    subscription = np.full(len(account), 1)
    alive = draw(6, 99) >= (0.0 if slot else NEVER_SUBSCRIBES)
    months_of = product_months()
    done: list[list[Array]] = []

    for place in range(MOST_STRETCHES):
        alive = alive & (start <= until)
        kept = np.flatnonzero(alive)
        account, start, premiere = account[kept], start[kept], premiere[kept]
        product, first_type = product[kept], first_type[kept]
        subscription = subscription[kept]
        if not len(account):
            break
        months = months_of[product]
        periods = _periods(product, months, draw(7, place), members, account)
        periods, gives_up, steps_down = react(
            start, periods, product < YEARLY, product == 0, draw(22, place)
        )
        ending = np.where(gives_up, CANCELLED, _ending(product, draw(8, place)))
        ending = np.where(steps_down, CONVERTED, ending)
        last = add_months(start, months * (periods - 1))
        end = add_months(start, months * periods)
        share = draw(9, place)
        early_conversion = (ending == CONVERTED) & (draw(10, place) < 0.25)
        early_conversion &= ~steps_down
        cut_at = np.where(ending == REFUNDED, 0.3 * share, 0.05 + 0.9 * share)
        is_cut = (ending == CHANGED) | (ending == REFUNDED) | early_conversion
        cut = last + ((end - last) * cut_at).astype(np.int64)
        end = np.where(is_cut, np.maximum(cut, last + 1), end)

        goes_on = (ending == CHANGED) | (ending == CONVERTED)
        returns = ~goes_on & (draw(11, place) < 0.47)
        asked_back = win_back.returns_at(members, account, end)
        asked_back[goes_on | bool(slot)] = win_back.NEVER
        is_lost = ~goes_on & ~returns & (asked_back == win_back.NEVER)
        leaves = is_lost & (draw(12, place) < 0.12) & (slot == 0)
        done.append(
            [
                *(account, np.full(len(account), slot), np.full(len(account), place)),
                *(subscription, product, first_type, start, periods, end, ending),
                np.where(draw(13, place) < 0.05, 1 + draw(14, place) * 4 * DAY, 0),
                draw(15, place) < 0.006,
                premiere,
                np.where(leaves, end + (1 + 60 * draw(16, place)) * DAY, 0),
            ]
        )

        gap = (0.2 - 60 * np.log(1 - draw(17, place))) * DAY
        gap = np.where(draw(18, place) < 0.05, 1, gap).astype(np.int64)
        pulled = _pull(catalog, members, account, end + gap, draw(19, place), place + 1)
        waits_a_day = returns & (gap > DAY)
        start = np.where(waits_a_day, pulled[0], end + np.where(returns, gap, 0))
        premiere = np.where(waits_a_day, pulled[1], -1)
        following = _next_product(product, ending, draw(20, place))
        product = np.where(steps_down, product - 1, following)
        new_number = returns & (draw(21, place) < 0.7)
        subscription = subscription + new_number
        first_type = np.select([ending == CHANGED, goes_on], [CHANGE, RENEW], SUBSCRIBE)
        alive = goes_on | returns | (asked_back < win_back.NEVER)
        comes_at = np.where(goes_on | returns, start, win_back.NEVER)
        premiere = np.where(asked_back < comes_at, -1, premiere)
        start = np.minimum(comes_at, asked_back)
    columns = [np.concatenate(column) for column in zip(*done, strict=True)]
    if not columns:
        columns = [np.zeros(0)] * len(WIDTHS)
    widths = zip(columns, WIDTHS.values(), strict=True)
    return Lives(*(column.astype(width) for column, width in widths))


def _pull(
    catalog: Catalog,
    members: Members,
    account: Array,
    start: Array,
    chance: Array,
    trait: int,
) -> tuple[Array, Array]:
    """Move starts to the evening of a premiere for the share that it pulls."""
    day, premiere = attract(catalog, start // DAY, chance)
    at = evening(members.seed, members.number[account], 30 + trait).astype(np.int64)
    return np.where(premiere >= 0, day * DAY + at, start), premiere


def _periods(
    product: Array, months: Array, chance: Array, members: Members, account: Array
) -> Array:
    """Return the number of periods: geometric, shorter for those who watch little."""
    restless = np.clip(1.35 - 0.22 * np.log(members.activity[account]), 0.5, 2.0)
    hazard = np.where(product >= TELCO, 0.035, 0.078) * restless
    hazard = np.where(months == 12, 0.35, hazard)
    periods = 1 + np.floor(np.log(1 - chance) / np.log(1 - hazard))
    once = (product == TRIAL) | (product == COUPON)
    return np.where(
        once, 1, np.minimum(periods, np.where(months == 12, 10, 60))
    ).astype(np.int64)


def _ending(product: Array, chance: Array) -> Array:
    """Return how each stretch ends, by the shares of its kind of product."""
    shares = np.array(
        [
            [0.26, 0.44, 0.05, 0.25, 0.00],
            [0.50, 0.32, 0.18, 0.00, 0.00],
            [0.24, 0.20, 0.00, 0.00, 0.56],
            [0.71, 0.12, 0.01, 0.16, 0.00],
        ]
    )
    monthly, yearly = product < YEARLY, (product >= YEARLY) & (product < TRIAL)
    kind = np.select([monthly, yearly, product < TELCO], [0, 1, 2], 3)
    below = np.cumsum(shares, axis=1)[kind]
    return np.minimum((chance[:, None] >= below).sum(axis=1), CONVERTED)


def _next_product(product: Array, ending: Array, chance: Array) -> Array:
    """Return the product after a stretch: one step up or down, a conversion, any."""
    family = np.where(product >= TELCO, TELCO, 0)
    step = product - family
    up = (step == 0) | ((step == 1) & (chance < 0.62))
    changed = family + np.where(up, step + 1, step - 1)
    converted, returned = pick(PAID_PRODUCT, chance), pick(LATER_PRODUCT, chance)
    return np.select(
        [ending == CHANGED, ending == CONVERTED], [changed, converted], returned
    )
