"""Churn by month and Kaplan–Meier survival, by the definitions (DOMAIN.md 5)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from .contract import Row
from .first_view import B2C
from .instants import as_date, day_number, end_of_day
from .movements import end_kind, named
from .raw import Settings
from .subscription import Level, Spell, end_day, start_day
from .viewing import Play

EDGES = (30, 90, 180, 365)


def next_month(month: date) -> date:
    """First day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_over(first_day: int, run_day: int, grace_days: int) -> list[date]:
    """First days of the months from that of a day on that are over."""
    month, months = as_date(first_day).replace(day=1), []
    while day_number(next_month(month)) + grace_days <= run_day + 1:
        months.append(month)
        month = next_month(month)
    return months


def band(days: int) -> str:
    """Name of the tenure band."""
    for low, high in zip((0, *EDGES), EDGES, strict=False):
        if days < high:
            return f"{low}-{high - 1}"
    return f"{EDGES[-1]}+"


def churn_monthly(spells: list[Spell], run_day: int, s: Settings) -> list[Row]:
    """One row per month, level and band with subscribers."""
    there: Counter[tuple[date, Level, str]] = Counter()
    gone: Counter[tuple[date, Level, str]] = Counter()
    wanted: Counter[tuple[date, Level, str]] = Counter()
    first = min(map(start_day, spells), default=run_day)
    for month in months_over(first, run_day, s.grace_days):
        before = day_number(month) - 1
        for spell in spells:
            is_there = spell.start < end_of_day(before) and (
                spell.end >= end_of_day(before)
                or not spell.is_past(run_day, s.grace_days)
            )
            if not is_there:
                continue
            key = month, spell.level, band(before + 1 - start_day(spell))
            there[key] += 1
            kind = end_kind(spell, run_day, s)
            if kind != "open" and as_date(end_day(spell)).replace(day=1) == month:
                gone[key] += 1
                wanted[key] += kind == "voluntary"
    return [
        {"month_start": month}
        | named(level)
        | {
            "tenure_band": name,
            "subscribers_at_start": count,
            "churned_subscribers": gone[month, level, name],
            "voluntary_churned_subscribers": wanted[month, level, name],
            "churn_rate": gone[month, level, name] / count,
        }
        for (month, level, name), count in there.items()
    ]


def kaplan_meier(
    spells: list[Spell], run_day: int, s: Settings
) -> list[tuple[int, int, int, int, float]]:
    """Tenure day, at risk, churned, censored, surviving share of one group.

    A spell not past was seen up to the last day whose churns are all known.
    """
    lasted: list[tuple[int, bool]] = []
    for spell in spells:
        kind = end_kind(spell, run_day, s)
        last = run_day - s.grace_days if kind == "open" else end_day(spell)
        if last >= start_day(spell):
            lasted.append((last - start_day(spell), kind != "open"))
    rows = []
    share = Fraction(1)
    for day in range(max((days for days, _ in lasted), default=-1) + 1):
        at_risk = sum(days >= day for days, _ in lasted)
        churned = sum(days == day and is_end for days, is_end in lasted)
        censored = sum(days == day and not is_end for days, is_end in lasted)
        share *= 1 - Fraction(churned, at_risk)
        rows.append((day, at_risk, churned, censored, round(float(share), 12)))
    return rows


def first_program(spell: Spell, plays: list[Play]) -> str | None:
    """Programme of the first play that counts, of its day and not before the spell."""
    seen = [
        play
        for play in plays
        if play.account == spell.account
        and play.view_day == start_day(spell)
        and play.makes_first_view
        and play.started >= spell.start
    ]
    if not seen:
        return None
    return min(seen, key=lambda play: (play.started, play.log_id)).program_id


def survival_groups(
    spells: list[Spell], plays: list[Play], run_day: int
) -> dict[tuple[str, str], list[Spell]]:
    """Spells by kind of group and group."""
    groups: dict[tuple[str, str], list[Spell]] = {}
    of_the_day: set[tuple[str, int]] = set()
    for spell in sorted(spells, key=lambda x: x.start):
        level, sales_type, product_code = spell.level
        if start_day(spell) > run_day or level == "total":
            continue
        key = product_code if level == "product" else sales_type
        groups.setdefault((level, key), []).append(spell)
        if spell.level != B2C or (spell.account, start_day(spell)) in of_the_day:
            continue
        of_the_day.add((spell.account, start_day(spell)))
        program = first_program(spell, plays)
        if program is not None:
            groups.setdefault(("first_program", program), []).append(spell)
    return groups


def retention_survival(
    spells: list[Spell], plays: list[Play], run_day: int, s: Settings, smallest: int
) -> list[Row]:
    """One row per group of at least `smallest` accounts and tenure day."""
    rows = []
    for (kind, key), own in survival_groups(spells, plays, run_day).items():
        seen = [
            spell
            for spell in own
            if spell.is_past(run_day, s.grace_days)
            or start_day(spell) <= run_day - s.grace_days
        ]
        if len({spell.account for spell in seen}) < smallest:
            continue
        for day, at_risk, churned, censored, share in kaplan_meier(own, run_day, s):
            rows.append(
                {
                    "group_type": kind,
                    "group_key": key,
                    "tenure_day": day,
                    "at_risk": at_risk,
                    "churned": churned,
                    "censored": censored,
                    "survival": share,
                }
            )
    return rows
