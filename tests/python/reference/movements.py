"""Spells, movements and the MRR bridge, day by day (DOMAIN.md sections 3 and 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .contract import Row
from .instants import as_date, end_of_day
from .marts import Warehouse
from .paid_subscribers import Refund, first_day, round_half_away
from .raw import Settings
from .subscription import Level, Period, Spell, end_day, start_day

CENTS = Decimal("0.00")
LEVEL_COLUMNS = ("level", "sales_type", "product_code")


def named(level: Level) -> Row:
    """The columns of a level."""
    return dict(zip(LEVEL_COLUMNS, level, strict=True))


def end_kind(spell: Spell, run_day: int, s: Settings) -> str:
    """`open`, `voluntary` or `involuntary`."""
    if not spell.is_past(run_day, s.grace_days):
        return "open"
    return "voluntary" if spell.is_voluntary else "involuntary"


def subscription_spells(spells: list[Spell], run_day: int, s: Settings) -> list[Row]:
    """Grain, days and kind of every spell that started up to the run date."""
    number: Counter[tuple[Level, str]] = Counter()
    rows = []
    for spell in sorted(spells, key=lambda x: x.start):
        number[spell.level, spell.account] += 1
        if start_day(spell) > run_day:
            continue
        kind = end_kind(spell, run_day, s)
        last = run_day + 1 if kind == "open" else end_day(spell)
        rows.append(
            named(spell.level)
            | {
                "hash_uno": spell.account,
                "spell_number": number[spell.level, spell.account],
                "is_first_spell": spell.is_new,
                "started_on": as_date(start_day(spell)),
                "end_kind": kind,
                "tenure_days": last - start_day(spell),
                "paid_periods": len(spell.periods),
            }
        )
    return rows


@dataclass(frozen=True)
class Holding:
    """What an account holds at a level at the end of a day."""

    mrr: Decimal
    lines: int
    passes: Counter[str]


def monthly(period: Period) -> Decimal:
    """Amount a month of one period, to 2 decimals."""
    return round_half_away(Fraction(period.amount) / period.product.billing_months, 2)


def holding(periods: list[Period], day: int) -> Holding:
    """The active periods of one account and level."""
    moment = end_of_day(day)
    active = [p for p in periods if p.counts and p.start < moment and p.end >= moment]
    return Holding(
        sum(map(monthly, active), CENTS),
        sum(period.product.lines for period in active),
        Counter(period.product.code for period in active),
    )


def changed(before: Holding, after: Holding) -> str | None:
    """The movement inside a spell, None where nothing moved."""
    if before.passes == after.passes:
        if before.mrr == after.mrr:
            return None
        return "price_increase" if after.mrr > before.mrr else "price_decrease"
    if (before.mrr, before.lines) == (after.mrr, after.lines):
        return "product_change"
    rises = (after.mrr, after.lines) > (before.mrr, before.lines)
    return "upgrade" if rises else "downgrade"


def moved(
    spells: list[Spell], before: Holding, after: Holding, day: int, run_day: int, s
) -> Iterator[tuple[str, int, Decimal]]:
    """Movements of one account at one level on a day: name, count, MRR."""
    kinds: Counter[str] = Counter()
    left = None
    for spell in spells:
        if start_day(spell) == day:
            kinds["new" if spell.is_new else "returned"] += 1
        if end_day(spell) == day and spell.is_past(run_day, s.grace_days):
            kind = f"churned_{end_kind(spell, run_day, s)}"
            kinds[kind] += 1
            left = kind if start_day(spell) < day else left
    if not kinds:
        movement = changed(before, after)
        if movement:
            yield movement, 1, after.mrr - before.mrr
        return
    came = "returned" if kinds["returned"] else "new"
    for kind, count in kinds.items():
        money = after.mrr if kind == came else -before.mrr if kind == left else CENTS
        yield kind, count, money


def subscription_movements_daily(
    built: Warehouse, refunds: list[Refund], run_day: int, s: Settings
) -> list[Row]:
    """One row per date, level and movement that occurred."""
    counts: Counter[tuple[int, Level, str]] = Counter()
    money: dict[tuple[int, Level, str], Decimal] = {}
    for level in {x for period in built.periods for x in period.product.levels}:
        of_level = [p for p in built.periods if level in p.product.levels]
        for account in {period.account for period in of_level}:
            periods = [p for p in of_level if p.account == account]
            spells = [
                x for x in built.spells if x.level == level and x.account == account
            ]
            for day in _days(periods, run_day):
                before, after = holding(periods, day - 1), holding(periods, day)
                for kind, count, mrr in moved(spells, before, after, day, run_day, s):
                    key = day, level, kind
                    counts[key] += count
                    money[key] = money.get(key, CENTS) + mrr
    rows = [
        _row(day, level, kind, count, money[day, level, kind], CENTS)
        for (day, level, kind), count in counts.items()
    ]
    return rows + _refund_rows(built.periods, refunds, run_day)


def _days(periods: list[Period], run_day: int) -> set[int]:
    """Days on which something of the account may start or end."""
    days = {start_day(p) for p in periods} | {end_day(p) for p in periods}  # type: ignore[arg-type]
    return {day for day in days if day <= run_day}


def _refund_rows(
    periods: list[Period], refunds: list[Refund], run_day: int
) -> list[Row]:
    rows = []
    for level in {x for period in periods for x in period.product.levels}:
        first = first_day([p for p in periods if level in p.product.levels])
        own = [x for x in refunds if x.belongs_to(level) and x.day <= run_day]
        for day in {x.day for x in own if first is not None and x.day >= first}:
            of_day = [refund for refund in own if refund.day == day]
            total = sum((refund.amount for refund in of_day), CENTS)
            accounts = len({refund.uno for refund in of_day})
            rows.append(_row(day, level, "refund", accounts, CENTS, total))
    return rows


def _row(
    day: int, level: Level, kind: str, count: int, mrr: Decimal, refund: Decimal
) -> Row:
    return (
        {"movement_date": as_date(day)}
        | named(level)
        | {
            "movement": kind,
            "accounts": count,
            "mrr_change_krw": mrr,
            "refund_krw": refund,
        }
    )


def mrr_bridge_monthly(
    built: Warehouse, movements: list[Row], run_day: int
) -> list[Row]:
    """One row per level and month; both ends counted from the active periods."""
    rows = []
    for level in {x for period in built.periods for x in period.product.levels}:
        periods = [p for p in built.periods if level in p.product.levels]
        first = first_day(periods)
        if first is None:
            continue
        own = [row for row in movements if named(level).items() <= row.items()]
        months = {as_date(d).replace(day=1) for d in range(first, run_day + 1)}
        for month in months:
            days = [
                day
                for day in range(first, run_day + 1)
                if as_date(day).replace(day=1) == month
            ]
            money: Counter[str] = Counter()
            for row in own:
                if row["movement_date"].replace(day=1) == month:
                    money[row["movement"]] += row["mrr_change_krw"]
            end = holding(periods, days[-1]).mrr
            start = holding(periods, days[0] - 1).mrr
            rows.append({"month_start": month} | named(level) | _bridge(money))
            rows[-1] |= {
                "last_date": as_date(days[-1]),
                "is_complete": as_date(days[-1] + 1).month != month.month,
                "start_mrr_krw": start,
                "end_mrr_krw": end,
            }
    return rows


def _bridge(money: Counter[str]) -> Row:
    return {
        "new_mrr_krw": money["new"],
        "returned_mrr_krw": money["returned"],
        "expansion_mrr_krw": money["upgrade"] + money["price_increase"],
        "contraction_mrr_krw": -money["downgrade"] - money["price_decrease"],
        "churned_mrr_krw": -money["churned_voluntary"] - money["churned_involuntary"],
        "voluntary_churned_mrr_krw": -money["churned_voluntary"],
    }
