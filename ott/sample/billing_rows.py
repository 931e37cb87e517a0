"""Subscription events as rows: priced, spoilt a little, and printed.

The billing system prints an amount in several ways, and a few rows are broken in each
way that the raw contract refuses.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ott.sample import lives as life
from ott.sample.clock import MICROS, instant
from ott.sample.lives import PRODUCTS, TELCO
from ott.sample.members import Members, uno_number
from ott.sample.randomness import Array, Purpose, pick, uniform
from ott.sample.write import (
    NULL,
    coded,
    coded_by,
    digits,
    hexadecimal,
    table,
    timestamps,
)

NAME = "billing.subscription_event"
PRINTED = ("{0}", "{0:,}", " {0} ", "{0}원", "{0:,}원", "{0}.00")
PRINTED_SHARES = np.cumsum([0.78, 0.08, 0.05, 0.05, 0.02, 0.02])
METHODS = (
    "CARD",
    "KAKAO_PAY",
    "NAVER_PAY",
    "PHONE_BILL",
    "APP_STORE",
    "TELCO",
    " CARD ",
    "",
)
METHOD_SHARES = np.cumsum([0.44, 0.22, 0.16, 0.1, 0.06, 0.0, 0.01, 0.01])
TYPES = (*life.EVENT_TYPES, "PAUSE", "subscribe", " RENEW")
CODES = (*PRODUCTS, "GIFT_6M", "")
CURRENCIES = ("KRW", "USD", "krw", " KRW ")
BAD_AMOUNTS = ("N/A", "", "무료", "7900.125", "-7900")


class Events(NamedTuple):
    """Arrays with one element per event; instants are UTC microseconds or ``NULL``.

    Texts are codes: ``type`` of ``TYPES``, ``product`` of ``CODES``, ``currency`` of
    ``CURRENCIES``; ``amount`` is in KRW, ``NULL`` for none, and below -1 a bad amount.
    """

    key: Array
    no_key: Array
    account: Array
    subscription: Array
    type: Array
    product: Array
    occurred: Array
    begin: Array
    end: Array
    amount: Array
    currency: Array
    ingested: Array
    arrival: Array

    def take(self, chosen: Array) -> Events:
        """Return the chosen events, by a mask or by indices."""
        return Events(*(column[chosen] for column in self))


def spoil(seed: int, events: Events) -> Events:
    """Break a few rows in each way that the contract refuses, about one in 130."""
    key, kind = events.key, events.type
    draw = uniform(seed, Purpose.BILLING, key, 4)
    small = (key >> np.uint64(40)) % 5
    opens = (kind <= life.CHANGE).astype(bool)

    def share(number: int, width: float = 0.0006) -> Array:
        return (draw >= number * 0.001) & (draw < number * 0.001 + width)

    lost = share(0)
    future, ancient, period = share(2), share(3) & opens, share(4) & opens
    product, currency = share(5) & opens, share(6) & opens
    amount = (share(7) & opens) | (share(8, 0.0009) & (kind == life.REFUND))
    hour = 3_600 * MICROS
    late = events.ingested + (1 + small.astype(np.int64) * 9) * hour
    return events._replace(
        no_key=lost & (small == 0),
        account=np.where(lost & (small == 1), -1, events.account),
        type=np.select(
            [share(1) & (small < 3), share(1), share(9, 0.001) & (kind == life.RENEW)],
            [5, 6, 7],
            kind,
        ),
        occurred=np.select(
            [lost & (small == 2), future, ancient & (small < 2)],
            [NULL, late, 0],
            events.occurred,
        ),
        begin=np.select(
            [ancient & (small >= 2), period & (small == 0)],
            [np.array(instant(-2_208_988_800)), np.array(NULL)],
            events.begin,
        ),
        end=np.select(
            [period & (small == 1), period & (small > 1)],
            [NULL, events.begin],
            events.end,
        ),
        product=np.select(
            [product & (small < 3), product], [len(PRODUCTS), -1], events.product
        ),
        currency=np.select(
            [currency & (small < 3), currency], [1, -1], events.currency
        ),
        amount=np.where(amount, -2 - small.astype(np.int64), events.amount),
        subscription=np.where(lost & (small == 3), -1, events.subscription),
        ingested=np.where(lost & (small == 4), NULL, events.ingested),
    )


def as_table(members: Members, events: Events) -> pa.Table:
    """Return the rows of the contract for the events."""
    seed, key = members.seed, events.key
    style = pick(PRINTED_SHARES, uniform(seed, Purpose.BILLING, key, 5))
    number = members.number[np.maximum(events.account, 0)]
    method = pick(METHOD_SHARES, uniform(seed, Purpose.BILLING, number, 6))
    by_partner = (events.product >= TELCO) & (events.product < len(PRODUCTS))
    method = np.where(by_partner, METHODS.index("TELCO"), method)
    subscription = digits(np.maximum(events.subscription, 0), 10, "S")
    return table(
        NAME,
        {
            "event_id": hexadecimal(key, events.no_key),
            "subscription_id": _masked(subscription, events.subscription < 0),
            "uno": coded_by(
                events.account,
                members.size,
                lambda found: digits(uno_number(members.number[found]), 10),
            ),
            "event_type": coded(events.type, TYPES),
            "product_code": coded(events.product, CODES),
            "occurred_at": timestamps(events.occurred),
            "period_start": timestamps(events.begin),
            "period_end": timestamps(events.end),
            "paid_amount": _amounts(events.amount, style, events.type),
            "currency": coded(
                np.where(events.type == life.CANCEL, -1, events.currency), CURRENCIES
            ),
            "payment_method": coded(method, METHODS),
            "ingested_at": timestamps(events.ingested),
        },
    )


def _amounts(amount: Array, style: Array, kind: Array) -> pa.Array:
    """Print each amount in its style; what a CANCEL prints is nothing or an N/A."""
    empty = np.where(style == 0, -1, -7 - style % 2)
    codes = np.where(amount == NULL, empty * 10, amount * 10 + style)
    codes = np.where((amount < -1) & (amount != NULL), amount * 10, codes)
    distinct, places = np.unique(codes, return_inverse=True)
    texts: list[str | None] = []
    for code in distinct.tolist():
        if code == -10:
            texts.append(None)
        elif code < 0:
            bad = -code // 10 - 2
            texts.append(
                BAD_AMOUNTS[bad] if bad < len(BAD_AMOUNTS) else ("", "N/A")[bad % 2]
            )
        else:
            texts.append(PRINTED[code % 10].format(code // 10))
    return coded(places, texts)


def _masked(texts: pa.Array, mask: Array) -> pa.Array:
    return pc.if_else(pa.array(mask), pa.scalar(None, pa.string()), texts)
