"""Random subscription events: short passes that meet, overlap and end on borders."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from .contract import Row
from .generate_common import (
    BASE,
    DAY,
    FAR_END,
    HOUR,
    KST,
    MICRO,
    SECOND,
    TEXTS,
    arrival,
    decorate,
    history_borders,
    ingest_date,
    instant,
    kst_midnight,
    resend,
)

NAME = "billing.subscription_event"
PRODUCTS = [
    "BASIC_M",
    "BASIC_M",
    "STANDARD_M",
    "PREMIUM_M",
    "BASIC_Y",
    "PREMIUM_Y",
    "COUPON_3M",
    "TELCO_PREMIUM_M",
]
# 4.74 and 14.22 a year are halves of the fourth decimal of an equivalent.
GOOD_AMOUNTS = [
    "7900",
    "7,900",
    " 10900 ",
    "7900원",
    "7900.5",
    "0.01",
    "4.74",
    "14.22",
    "7901",
    "13 900",
    "1,2,3",
    "139,000.00원",
    "999999999999",
    "007900",
]
ZERO_AMOUNTS = ("0", "0.00", "000", " 0원")
BAD_AMOUNTS = [
    "N/A",
    "",
    "7900.",
    ".5",
    "７９００",
    "1234567890123",
    "-7900",
    "+1",
    "1e3",
    "7900.123",
    "\t7900",
    "7900\n",
    "7.9.0",
    " , ",
    "KRW 7900",
    "null",
    "٧٩٠٠",
]
GAPS = (
    timedelta(0),
    timedelta(0),
    SECOND,
    MICRO,
    -SECOND,
    -12 * HOUR,
    DAY,
    DAY + MICRO,
    3 * DAY,
)


def amount(rng: Random) -> str | None:
    """An amount as printed: mostly good, some free, some bad."""
    draw = rng.random()
    if draw < 0.70:
        return rng.choice(GOOD_AMOUNTS)
    if draw < 0.90:
        return rng.choice(ZERO_AMOUNTS)
    return rng.choice((*BAD_AMOUNTS, None))


def period_end(start: datetime, rng: Random) -> datetime:
    """End of a pass: lengths of all kinds, often a KST midnight, rarely a bad one."""
    local = (start + KST).date()
    midnight = kst_midnight(local + timedelta(days=rng.choice((1, 1, 2, 3))))
    lengths = (MICRO, SECOND, HOUR, 12 * HOUR, DAY, DAY, 3 * DAY, 7 * DAY, 30 * DAY)
    draw = rng.random()
    if draw < 0.45:
        return midnight + rng.choice((timedelta(0), timedelta(0), MICRO, -MICRO))
    if draw < 0.94:
        return start + rng.choice(lengths)
    if draw < 0.97:
        return rng.choice((FAR_END, datetime(9999, 12, 31)))
    return rng.choice((start, start - SECOND))


class Billing:
    """Builds the events of one data set."""

    def __init__(self, rng: Random, unos: list[str]) -> None:
        self.rng = rng
        self.unos = unos
        self.rows: list[Row] = []

    def add(self, subscription: str, uno: str, kind: str, at: datetime, **more) -> Row:
        """Append an event."""
        rng = self.rng
        row: Row = {
            "event_id": f"e{len(self.rows):03d}",
            "subscription_id": subscription,
            "uno": uno if rng.random() < 0.95 else rng.choice(self.unos),
            "event_type": kind,
            "product_code": rng.choice((*PRODUCTS, "GONE", None)),
            "occurred_at": at,
            "period_start": None,
            "period_end": None,
            "paid_amount": amount(rng),
            "currency": rng.choice(("KRW", "USD", None)),
            "payment_method": rng.choice(TEXTS),
            "ingested_at": arrival(at, rng),
        }
        row |= more
        row["ingest_date"] = ingest_date(row, rng)
        self.rows.append(row)
        return row

    def pass_(self, subscription: str, uno: str, kind: str, start: datetime, product):
        """Append a SUBSCRIBE, RENEW or CHANGE and return its end."""
        rng = self.rng
        end = period_end(start, rng)
        odd = rng.random()
        self.add(
            subscription,
            uno,
            kind,
            start + rng.choice((timedelta(0),) * 4 + (-HOUR, HOUR, -2 * DAY, -MICRO)),
            product_code=rng.choice(("GONE", "basic_m", None))
            if odd < 0.03
            else product,
            period_start=None if 0.03 < odd < 0.04 else start,
            period_end=None if 0.04 < odd < 0.05 else end,
            currency=rng.choice(("USD", "krw", None)) if odd > 0.97 else "KRW",
        )
        return max(end, start)

    def subscription(self, name: str) -> None:
        """Append a chain of passes with its cancellations and refunds."""
        rng = self.rng
        uno, product, start = rng.choice(self.unos), rng.choice(PRODUCTS), instant(rng)
        if rng.random() < 0.2:
            product = "TRIAL_1M"
        kind = "SUBSCRIBE"
        for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
            end = self.pass_(name, uno, kind, start, product)
            self.closing(name, uno, start, end)
            if end.year > 2100:
                end = start + DAY
            kind = rng.choice(("RENEW", "RENEW", "CHANGE", "SUBSCRIBE"))
            if kind == "CHANGE" or product == "TRIAL_1M":
                product = rng.choice(PRODUCTS)
            start = start if rng.random() < 0.07 else end + rng.choice(GAPS)

    def wave(self) -> None:
        """Accounts that subscribe for hours on one weekday of three weeks."""
        rng = self.rng
        for number, uno in enumerate(self.unos):
            for week in range(3):
                if rng.random() < 0.6:
                    midnight = kst_midnight(BASE + timedelta(days=7 * week))
                    start = midnight + rng.choice((0, 9, 12, 20)) * HOUR
                    self.add(
                        f"w{number}{week}",
                        uno,
                        "SUBSCRIBE",
                        start,
                        product_code=rng.choice(("BASIC_M", "PREMIUM_Y")),
                        period_start=start,
                        period_end=start + rng.choice((HOUR, 4 * HOUR, DAY)),
                        paid_amount="7,900",
                        currency="KRW",
                    )

    def closing(self, name: str, uno: str, start: datetime, end: datetime) -> None:
        """Append events of the kinds that end a pass, on its borders and inside."""
        rng = self.rng
        last = min(end, start + 30 * DAY)
        inside = start + (last - start) / 2
        moments = (start, start + MICRO, inside, end - MICRO, end, start - MICRO)
        if rng.random() < 0.35:
            self.add(
                name, uno, "CANCEL", rng.choice((*moments, min(end, last) + MICRO))
            )
        while rng.random() < 0.25:
            self.add(name, uno, "REFUND", rng.choice(moments))


def change(row: Row, rng: Random) -> None:
    """Change one column of a re-sent event."""
    column = rng.choice(
        [
            "uno",
            "product_code",
            "occurred_at",
            "period_start",
            "paid_amount",
            "payment_method",
        ]
    )
    if column in ("occurred_at", "period_start"):
        if row[column] is not None and row[column].year < 9000:
            row[column] += rng.choice((MICRO, -SECOND, DAY))
    elif column == "product_code":
        row[column] = rng.choice(PRODUCTS)
    elif column == "paid_amount":
        row[column] = amount(rng)
    else:
        row[column] = rng.choice(TEXTS) if column == "payment_method" else None


def subscription_events(
    rng: Random, unos: list[str], count: int, history_start: date | str
) -> list[Row]:
    """About ``count`` events."""
    billing = Billing(rng, unos)
    if count >= 40:
        billing.wave()
    while len(billing.rows) < count * 0.85:
        billing.subscription(f"s{len(billing.rows):03d}")
    recent = len(billing.rows)
    if count >= 20:
        _history(billing, history_start)
    rows = [decorate(NAME, row, rng) for row in billing.rows]
    for row in rng.sample(rows, len(rows) // 40):
        row["event_type"] = rng.choice(("PAUSE", "renew", "SUBSCRIBE ", "CANCEL"))
    rows += resend(rows[:recent], 0.12, change, rng)
    rng.shuffle(rows)
    return rows


def _history(billing: Billing, history_start: date | str) -> None:
    """Events at the border of the history; none paid, lest the report be long."""
    before, first = history_borders(history_start)
    uno = billing.unos[0]
    for at in (before, first):
        billing.add("old", uno, "CANCEL", at)
        billing.add("old", uno, "CANCEL", first, period_start=at)
        billing.add(
            "old",
            uno,
            "SUBSCRIBE",
            first,
            period_start=at,
            period_end=first + DAY,
            product_code="TRIAL_1M",
            paid_amount="0",
            currency="KRW",
        )
