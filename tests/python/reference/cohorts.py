"""``cohort_retention_monthly`` by the definitions (DOMAIN.md section 5)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from .contract import Row
from .instants import as_date, day_number, end_of_day, kst_day
from .raw import Settings
from .retention import months_over, next_month
from .subscription import Period, Spell, start_day
from .viewing import Play

Cohort = tuple[date, str, str]  # month, sales type, first product


def month_of(day: int) -> date:
    """First day of a day's month."""
    return as_date(day).replace(day=1)


def cohorts(spells: list[Spell], run_day: int) -> dict[tuple[str, str], Cohort]:
    """Cohort of each account and sales type."""
    found = {}
    for spell in spells:
        level, sales_type, _ = spell.level
        if level == "sales_type" and spell.is_new and start_day(spell) <= run_day:
            first = min(
                period.product.code
                for period in spell.periods
                if period.start == spell.start
            )
            month = month_of(start_day(spell))
            found[spell.account, sales_type] = (month, sales_type, first)
    return found


def is_there(spell: Spell, month: date, run_day: int, s: Settings) -> bool:
    """Whether a spell covers the end of the last day of a month that is over."""
    last = day_number(next_month(month)) - 1
    return spell.start < end_of_day(last) and (
        spell.end >= end_of_day(last) or not spell.is_past(run_day, s.grace_days)
    )


def cohort_retention_monthly(
    spells: list[Spell],
    periods: list[Period],
    plays: list[Play],
    run_day: int,
    s: Settings,
) -> list[Row]:
    """One row per cohort and month from its own to the last that is over."""
    members = cohorts(spells, run_day)
    seen = {month_of(play.view_day) for play in plays if play.view_day <= run_day}
    rows = []
    for cohort, size in Counter(members.values()).items():
        start, sales_type, first = cohort
        accounts = {
            account for (account, kind), own in members.items() if own == cohort
        }
        for month in months_over(day_number(start), run_day, s.grace_days):
            there = {
                spell.account
                for spell in spells
                if spell.level[:2] == ("sales_type", sales_type)
                and spell.account in accounts
                and is_there(spell, month, run_day, s)
            }
            paid = sum(
                (
                    period.amount
                    for period in periods
                    if period.account in accounts
                    and period.product.sales_type == sales_type
                    and month_of(kst_day(period.occurred)) == month
                ),
                Decimal("0.00"),
            )
            watched = sum(
                play.watched_seconds
                for play in plays
                if play.account in accounts and month_of(play.view_day) == month
            )
            rows.append(
                {
                    "cohort_month": start,
                    "months_since": 12 * (month.year - start.year)
                    + month.month
                    - start.month,
                    "sales_type": sales_type,
                    "first_product_code": first,
                    "month_start": month,
                    "cohort_accounts": size,
                    "retained_accounts": len(there),
                    "retention_rate": len(there) / size,
                    "revenue_krw": paid,
                    "viewing_hours": watched / 3600 if month in seen else None,
                }
            )
    return rows
