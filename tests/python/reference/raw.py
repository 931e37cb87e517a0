"""Raw tables (RAW.md section 2) and the judgement of their rows (section 3).

Written from the specification alone: no SQL of the project was read. Everything here
prefers the literal wording over speed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .contract import TABLES, Row, Table
from .instants import HOUR, MINUTE, micros, start_of_day

CHARGE_TYPES = ("FREE", "SVOD", "TVOD")
PERIOD_EVENTS = ("SUBSCRIBE", "RENEW", "CHANGE")
EVENT_TYPES = (*PERIOD_EVENTS, "CANCEL", "REFUND")
PUSH_EVENT_TYPES = ("CONTROL", "SENT", "DELIVERED", "FAILED", "OPENED")
AMOUNT = re.compile(r"[0-9]{1,12}([.][0-9]{1,2})?")


@dataclass(frozen=True)
class Settings:
    """The dbt vars that change a number, with their defaults."""

    lookback_days: int = 3  # a reference is always a full build: no effect
    history_start_date: date | str = date(2011, 1, 1)
    max_play_hours: int = 24
    future_tolerance_minutes: int = 10
    valid_view_seconds: int = 30
    completed_view_percent: int = 90
    grace_days: int = 0
    equivalent_price_krw: int = 7900

    @property
    def history_start(self) -> int:
        """First microsecond of the history."""
        value = self.history_start_date
        first = date.fromisoformat(value) if isinstance(value, str) else value
        return start_of_day(first)


@dataclass
class Judged:
    """Where every raw row of a table ended; ``kept`` is keyed by the table's key."""

    raw_rows: int = 0
    kept: dict[str, Row] = field(default_factory=dict)
    duplicates: list[Row] = field(default_factory=list)
    quarantined: list[tuple[str, Row]] = field(default_factory=list)


def parse_amount(text: str | None) -> Decimal | None:
    """Amount that the billing system printed, or None where it is bad."""
    if text is None:
        return None
    for mark in (" ", ",", "원"):
        text = text.replace(mark, "")
    return Decimal(text) if AMOUNT.fullmatch(text) else None


def clean(table: Table, row: Row) -> Row:
    """All columns of the contract: texts trimmed, empty is null, instants as ints."""
    unknown = set(row) - set(table.columns)
    if unknown:
        raise ValueError(f"columns outside the contract: {sorted(unknown)}")
    return {
        name: _clean_value(kind, row.get(name)) for name, kind in table.columns.items()
    }


def _clean_value(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "string":
        return value.strip(" ") or None
    if kind == "timestamp":
        return micros(value)
    return value


def viewing_reason(row: Row, settings: Settings, contents: set[str]) -> str | None:
    """First reason to refuse a row of ``player.viewing_log``."""
    required = (
        "log_id uno profile_id device_id content_id started_at ended_at ingested_at"
    )
    if any(row[name] is None for name in required.split()):
        return "missing_key"
    start, end = row["started_at"], row["ended_at"]
    seconds = row["play_seconds"]
    if end < start:
        return "end_before_start"
    if end - start > settings.max_play_hours * HOUR:
        return "too_long"
    if start > row["ingested_at"] + settings.future_tolerance_minutes * MINUTE:
        return "in_the_future"
    if start < settings.history_start:
        return "before_history"
    if seconds is None or not 0 <= seconds <= settings.max_play_hours * 3600:
        return "bad_play_seconds"
    if row["charge_type"] not in CHARGE_TYPES:
        return "unknown_charge_type"
    if row["content_id"] not in contents:
        return "unknown_content"
    return None


def billing_reason(row: Row, settings: Settings, products: set[str]) -> str | None:
    """First reason to refuse a row of ``billing.subscription_event``."""
    required = "event_id subscription_id uno event_type occurred_at ingested_at"
    if any(row[name] is None for name in required.split()):
        return "missing_key"
    occurred, start = row["occurred_at"], row["period_start"]
    if row["event_type"] not in EVENT_TYPES:
        return "unknown_event_type"
    if occurred > row["ingested_at"] + settings.future_tolerance_minutes * MINUTE:
        return "in_the_future"
    if occurred < settings.history_start:
        return "before_history"
    if start is not None and start < settings.history_start:
        return "before_history"
    if row["event_type"] in PERIOD_EVENTS:
        return _period_reason(row, products)
    if row["event_type"] == "REFUND" and parse_amount(row["paid_amount"]) is None:
        return "bad_amount"
    return None


def _period_reason(row: Row, products: set[str]) -> str | None:
    start, end = row["period_start"], row["period_end"]
    if start is None or end is None or end <= start:
        return "bad_period"
    if row["product_code"] not in products:
        return "unknown_product"
    if row["currency"] != "KRW":
        return "unknown_currency"
    if parse_amount(row["paid_amount"]) is None:
        return "bad_amount"
    return None


def push_reason(row: Row, settings: Settings, campaigns: set[str]) -> str | None:
    """First reason to refuse a row of ``crm.push_event``."""
    required = "event_id uno event_type occurred_at ingested_at"
    if any(row[name] is None for name in required.split()):
        return "missing_key"
    occurred = row["occurred_at"]
    if row["event_type"] not in PUSH_EVENT_TYPES:
        return "unknown_event_type"
    if occurred > row["ingested_at"] + settings.future_tolerance_minutes * MINUTE:
        return "in_the_future"
    if occurred < settings.history_start:
        return "before_history"
    if row["campaign_id"] not in campaigns:
        return "unknown_campaign"
    return None


def judge(
    name: str, rows: Iterable[Row], reason: Callable[[Row], str | None]
) -> Judged:
    """Refuse each row on its own, then keep the winner of each key."""
    table = TABLES[name]
    result = Judged()
    by_key: dict[str, list[Row]] = {}
    for raw_row in rows:
        row = clean(table, raw_row)
        result.raw_rows += 1
        refused = reason(row)
        if refused is not None:
            result.quarantined.append((refused, row))
        else:
            by_key.setdefault(row[table.key], []).append(row)
    for key, versions in by_key.items():
        versions.sort(key=lambda row: _precedence(table, row), reverse=True)
        result.kept[key] = versions[0]
        result.duplicates.extend(versions[1:])
    return result


def _precedence(table: Table, row: Row) -> tuple:
    """Version column first, then all others in contract order, null lowest."""
    rest = [name for name in table.columns if name not in (table.key, table.version)]
    order = [table.version, *rest]
    return tuple((False,) if row[name] is None else (True, row[name]) for name in order)


def judge_all(
    raw: dict[str, list[Row]], products: set[str], settings: Settings
) -> dict[str, Judged]:
    """Judge the eight tables; a missing table is empty."""
    judged: dict[str, Judged] = {}
    for name, table in TABLES.items():
        if not table.is_log:
            judged[name] = judge(name, raw.get(name, ()), _null_key(table.key))
    contents = set(judged["catalog.content"].kept)
    campaigns = set(judged["crm.push_campaign"].kept)
    logs: dict[str, Callable[[Row], str | None]] = {
        "player.viewing_log": lambda row: viewing_reason(row, settings, contents),
        "billing.subscription_event": lambda row: billing_reason(
            row, settings, products
        ),
        "crm.push_event": lambda row: push_reason(row, settings, campaigns),
    }
    for name, reason in logs.items():
        judged[name] = judge(name, raw.get(name, ()), reason)
    return judged


def _null_key(key: str) -> Callable[[Row], str | None]:
    return lambda row: "missing_key" if row[key] is None else None
