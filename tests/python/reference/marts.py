"""The marts of a raw data set, straight from the specification."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from .contract import Row
from .first_view import first_views_daily
from .instants import day_number
from .paid_subscribers import build_refunds, paid_subscribers_daily
from .quality import log_quarantine_reasons, log_reconciliation
from .raw import Judged, Settings, judge_all
from .subscription import Period, Spell, build_periods, build_spells, load_products
from .viewing import Play, build_plays, viewing_daily


@dataclass(frozen=True)
class Warehouse:
    """What lies between raw rows and marts."""

    judged: dict[str, Judged]
    plays: list[Play]
    periods: list[Period]
    spells: list[Spell]

    def kept(self, name: str) -> dict[str, Row]:
        """Kept rows of a table by key."""
        return self.judged[name].kept


def hash_uno(uno: str, pepper: str) -> str:
    """Lower-case hex SHA-512 of pepper + uno."""
    return hashlib.sha512((pepper + uno).encode()).hexdigest()


def build_warehouse(
    raw: dict[str, list[Row]], pepper: str, products: list[Row], settings: Settings
) -> Warehouse:
    """Judge the raw rows and derive plays, periods and spells."""
    offered = load_products(products)
    judged = judge_all(raw, set(offered), settings)
    logs = list(judged["player.viewing_log"].kept.values())
    events = list(judged["billing.subscription_event"].kept.values())
    accounts = {row["uno"]: hash_uno(row["uno"], pepper) for row in logs + events}
    plays = build_plays(logs, judged["catalog.content"].kept, accounts, settings)
    periods = build_periods(events, offered, accounts)
    return Warehouse(judged, plays, periods, build_spells(periods, settings.grace_days))


def build_marts(
    raw: dict[str, list[Row]],
    run_date: date,
    pepper: str,
    products: list[Row],
    **variables: Any,
) -> dict[str, list[Row]]:
    """Rows of the core marts, columns as in DOMAIN.md section 8, sorted by grain.

    ``raw`` maps ``system.table`` to rows, ``variables`` are the fields of ``Settings``.
    """
    settings = Settings(**variables)
    run_day = day_number(run_date)
    built = build_warehouse(raw, pepper, products, settings)
    events = list(built.kept("billing.subscription_event").values())
    programs = built.kept("catalog.program")
    refunds = build_refunds(events, built.periods, load_products(products))
    return {
        "viewing_daily": viewing_daily(built.plays, programs, run_day),
        "paid_subscribers_daily": paid_subscribers_daily(
            built.periods, built.spells, refunds, run_day, settings
        ),
        "first_views_daily": first_views_daily(
            built.plays, built.spells, programs, run_day
        ),
        "log_reconciliation": log_reconciliation(built.judged, run_day),
        "log_quarantine_reasons": log_quarantine_reasons(built.judged),
    }
