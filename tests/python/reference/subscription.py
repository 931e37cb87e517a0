"""Periods and membership spells (DOMAIN.md sections 3 and 9)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .contract import Row
from .instants import DAY, end_of_day, kst_day
from .raw import PERIOD_EVENTS, parse_amount

ALL = "ALL"
Level = tuple[str, str, str]  # level, sales type, product code


@dataclass(frozen=True)
class Product:
    """A product of the reference table."""

    code: str
    sales_type: str
    lines: int
    billing_months: int

    @property
    def levels(self) -> tuple[Level, Level, Level]:
        """The three levels at which the product counts."""
        return (
            ("total", ALL, ALL),
            ("sales_type", self.sales_type, ALL),
            ("product", self.sales_type, self.code),
        )


@dataclass(frozen=True)
class Period:
    """``[start, end)`` of one period event, after natural end and refund."""

    event_id: str
    subscription_id: str
    account: str
    product: Product
    amount: Decimal
    occurred: int
    start: int
    natural_end: int
    end: int
    is_refunded: bool
    has_cancel: bool

    @property
    def counts(self) -> bool:
        """Whether the period is paid and not void."""
        return self.amount > 0 and self.end > self.start

    @property
    def ends_voluntarily(self) -> bool:
        """Whether the customer ended it: refunded or cancelled."""
        return self.is_refunded or self.has_cancel


@dataclass
class Spell:
    """Merged periods of one account at one level."""

    level: Level
    account: str
    start: int
    end: int
    periods: list[Period]
    is_new: bool

    @property
    def is_voluntary(self) -> bool:
        """Whether one of the periods that end with the spell ended voluntarily."""
        last = [period for period in self.periods if period.end == self.end]
        return any(period.ends_voluntarily for period in last)

    def is_past(self, run_day: int, grace_days: int) -> bool:
        """Whether the end, grace included, is before 24:00 of the run date."""
        return self.end + grace_days * DAY < end_of_day(run_day)

    def covers(self, day: int, run_day: int, grace_days: int) -> bool:
        """Whether the spell covers the end of a day not after the run date."""
        moment = end_of_day(day)
        is_open = not self.is_past(run_day, grace_days)
        return self.start < moment and (self.end >= moment or is_open)


def load_products(rows: list[Row]) -> dict[str, Product]:
    """Products by code, from the rows of ``seeds/products.csv``."""
    return {
        row["product_code"]: Product(
            code=row["product_code"],
            sales_type=row["sales_type"],
            lines=int(row["lines"]),
            billing_months=int(row["billing_months"]),
        )
        for row in rows
    }


def build_periods(
    events: list[Row], products: dict[str, Product], accounts: dict[str, str]
) -> list[Period]:
    """Every period of the kept events, unpaid and void ones too."""
    subscriptions: dict[str, list[Row]] = {}
    for event in events:
        subscriptions.setdefault(event["subscription_id"], []).append(event)
    return [
        period
        for own in subscriptions.values()
        for period in _subscription_periods(own, products, accounts)
    ]


def _instants(events: list[Row], event_type: str) -> list[int]:
    return [e["occurred_at"] for e in events if e["event_type"] == event_type]


def _subscription_periods(
    events: list[Row], products: dict[str, Product], accounts: dict[str, str]
) -> list[Period]:
    refunds = _instants(events, "REFUND")
    cancels = _instants(events, "CANCEL")
    opened = [event for event in events if event["event_type"] in PERIOD_EVENTS]
    opened.sort(key=lambda e: (e["period_start"], e["occurred_at"], e["event_id"]))
    periods = []
    for index, event in enumerate(opened):
        start, natural_end = event["period_start"], event["period_end"]
        if index + 1 < len(opened):
            natural_end = min(natural_end, opened[index + 1]["period_start"])
        cuts = [at for at in refunds if start <= at < natural_end]
        end = min(cuts, default=natural_end)
        amount = parse_amount(event["paid_amount"])
        assert amount is not None, "a kept period event has a good amount"
        periods.append(
            Period(
                event_id=event["event_id"],
                subscription_id=event["subscription_id"],
                account=accounts[event["uno"]],
                product=products[event["product_code"]],
                amount=amount,
                occurred=event["occurred_at"],
                start=start,
                natural_end=natural_end,
                end=end,
                is_refunded=bool(cuts),
                has_cancel=any(start <= at <= end for at in cancels),
            )
        )
    return periods


def build_spells(periods: list[Period], grace_days: int) -> list[Spell]:
    """Spells of every account at every level, in time order."""
    owned: dict[tuple[Level, str], list[Period]] = {}
    for period in periods:
        if period.counts:
            for level in period.product.levels:
                owned.setdefault((level, period.account), []).append(period)
    spells: list[Spell] = []
    for (level, account), own in sorted(owned.items(), key=lambda item: item[0]):
        spells.extend(_merge(level, account, own, grace_days))
    return spells


def _merge(
    level: Level, account: str, periods: list[Period], grace_days: int
) -> list[Spell]:
    merged: list[Spell] = []
    for period in sorted(periods, key=lambda p: (p.start, p.end, p.event_id)):
        if merged and period.start - merged[-1].end <= grace_days * DAY:
            merged[-1].end = max(merged[-1].end, period.end)
            merged[-1].periods.append(period)
        else:
            merged.append(
                Spell(level, account, period.start, period.end, [period], not merged)
            )
    return merged


def start_day(spell: Spell) -> int:
    """KST date on which the spell starts."""
    return kst_day(spell.start)


def end_day(spell: Spell) -> int:
    """KST date on which the spell ends."""
    return kst_day(spell.end)
