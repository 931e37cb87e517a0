"""``paid_subscribers_daily`` (DOMAIN.md sections 3, 8 and 9), day by day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .contract import Row
from .instants import as_date, end_of_day, kst_day
from .raw import Settings, parse_amount
from .subscription import ALL, Level, Period, Product, Spell, end_day, start_day


@dataclass(frozen=True)
class Refund:
    """A kept refund and the product it belongs to, None where none is known."""

    day: int
    amount: Decimal
    product: Product | None
    uno: str

    def belongs_to(self, level: Level) -> bool:
        """Whether the refund counts at a level."""
        if self.product is None:
            return level == ("total", ALL, ALL)
        return level in self.product.levels


def build_refunds(
    events: list[Row], periods: list[Period], products: dict[str, Product]
) -> list[Refund]:
    """Refunds with the product of the period that they fall into."""
    refunds = []
    for event in events:
        if event["event_type"] != "REFUND":
            continue
        at = event["occurred_at"]
        amount = parse_amount(event["paid_amount"])
        assert amount is not None, "a kept refund has a good amount"
        hit = [
            period.product
            for period in periods
            if period.subscription_id == event["subscription_id"]
            and period.start <= at < period.natural_end
        ]
        product = hit[0] if hit else products.get(event["product_code"])
        refunds.append(Refund(kst_day(at), amount, product, event["uno"]))
    return refunds


def round_half_away(value: Fraction, digits: int) -> Decimal:
    """Round a fraction to decimals, halves away from zero."""
    scaled = abs(value) * 10**digits + Fraction(1, 2)
    whole = scaled.numerator // scaled.denominator
    return Decimal(whole if value >= 0 else -whole).scaleb(-digits)


def first_day(periods: list[Period]) -> int | None:
    """First paid event or first paid period that is not void; None without one."""
    days = [kst_day(period.occurred) for period in periods if period.amount > 0]
    days += [kst_day(period.start) for period in periods if period.counts]
    return min(days, default=None)


def paid_subscribers_daily(
    periods: list[Period],
    spells: list[Spell],
    refunds: list[Refund],
    run_day: int,
    s: Settings,
) -> list[Row]:
    """One row per date and level, zeros included, up to the run date."""
    levels = {level for period in periods for level in period.product.levels}
    rows = []
    for level in sorted(levels):
        of_level = [p for p in periods if level in p.product.levels]
        first = first_day(of_level)
        if first is None:
            continue
        own_spells = [spell for spell in spells if spell.level == level]
        own_refunds = [refund for refund in refunds if refund.belongs_to(level)]
        for day in range(first, run_day + 1):
            row: Row = {"snapshot_date": as_date(day)}
            row |= dict(
                zip(("level", "sales_type", "product_code"), level, strict=True)
            )
            row |= _stock(of_level, own_spells, day, run_day, s)
            row |= _movements(own_spells, day, run_day, s)
            row |= _money(of_level, own_refunds, day)
            rows.append(row)
    return sorted(rows, key=lambda row: tuple(row.values())[:4])


def _stock(
    periods: list[Period], spells: list[Spell], day: int, run_day: int, s: Settings
) -> Row:
    moment = end_of_day(day)
    active = [p for p in periods if p.counts and p.start < moment and p.end >= moment]
    covering = [x for x in spells if x.covers(day, run_day, s.grace_days)]
    worth = sum(
        (Fraction(p.amount) / p.product.billing_months for p in active), Fraction(0)
    )
    return {
        "subscribers": len({spell.account for spell in covering}),
        "paid_users": sum(period.product.lines for period in active),
        "equivalent_paid_users": round_half_away(
            worth / Fraction(s.equivalent_price_krw), 4
        ),
    }


def _movements(spells: list[Spell], day: int, run_day: int, s: Settings) -> Row:
    started = [spell for spell in spells if start_day(spell) == day]
    churned = [
        spell
        for spell in spells
        if end_day(spell) == day and spell.is_past(run_day, s.grace_days)
    ]
    return {
        "new_subscribers": sum(spell.is_new for spell in started),
        "returned_subscribers": sum(not spell.is_new for spell in started),
        "churned_subscribers": len(churned),
        "voluntary_churned_subscribers": sum(spell.is_voluntary for spell in churned),
    }


def _money(periods: list[Period], refunds: list[Refund], day: int) -> Row:
    cents = Decimal("0.00")
    paid = (p.amount for p in periods if kst_day(p.occurred) == day)
    back = (refund.amount for refund in refunds if refund.day == day)
    return {"revenue_krw": sum(paid, cents), "refund_krw": sum(back, cents)}
