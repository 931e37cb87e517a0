"""Short builders of raw rows for hand-worked examples; times are told in KST."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from .contract import Row
from .marts import Warehouse, build_marts, build_warehouse
from .raw import Settings

RUN_DATE = date(2024, 3, 20)
ARRIVED = datetime(2024, 3, 28)
PRODUCTS: list[Row] = [
    {"product_code": code, "lines": lines, "billing_months": months, "sales_type": kind}
    for code, lines, months, kind in (
        ("BASIC_M", "1", "1", "B2C"),
        ("PREMIUM_M", "4", "1", "B2C"),
        ("PREMIUM_Y", "4", "12", "B2C"),
        ("TRIAL_1M", "1", "1", "B2C"),
        ("TELCO_M", "2", "1", "B2B"),
    )
]
CATALOG: dict[str, list[Row]] = {
    "catalog.program": [
        {"program_id": "p1", "title": "하나", "genre": "drama"},
        {"program_id": "p2", "title": "둘", "genre": "show"},
    ],
    "catalog.content": [
        {"content_id": content, "program_id": program, "content_type": kind}
        | {"runtime_seconds": runtime}
        for content, program, kind, runtime in (
            ("c1", "p1", "VOD", 100),
            ("c2", "p2", "MOVIE", 0),
            ("live", "p1", "LIVE", None),
            ("lost", "p404", "VOD", 1),
            ("none", None, "VOD", 100),
            ("clip", "p1", "vod", 100),
        )
    ],
}


def kst(text: str, micros: int = 0) -> datetime:
    """``DD hh:mm[:ss]`` of March 2024 in KST, as UTC, plus microseconds."""
    day, _, clock = text.partition(" ")
    local = datetime.fromisoformat(f"2024-03-{day}T{clock or '00:00'}")
    return local - timedelta(hours=9) + timedelta(microseconds=micros)


def play(log_id: str, start: datetime, seconds: float, **more) -> Row:
    """A good play of c1 by u1 on d1 that reports its whole interval."""
    return {
        "log_id": log_id,
        "uno": "u1",
        "profile_id": "u1-1",
        "device_id": "d1",
        "device_type": "TV",
        "app_version": "1.0",
        "content_id": "c1",
        "charge_type": "SVOD",
        "started_at": start,
        "ended_at": start + timedelta(seconds=seconds),
        "play_seconds": int(seconds),
        "ingested_at": ARRIVED,
        "ingest_date": date(2024, 3, 10),
    } | more


def event(kind: str, at: datetime, subscription: str = "s1", **more) -> Row:
    """A good event of u1, its id made of its kind and instant."""
    return {
        "event_id": f"{subscription} {kind} {at.isoformat()}",
        "subscription_id": subscription,
        "uno": "u1",
        "event_type": kind,
        "product_code": None,
        "occurred_at": at,
        "period_start": None,
        "period_end": None,
        "paid_amount": "7900",
        "currency": "KRW",
        "payment_method": "CARD",
        "ingested_at": ARRIVED,
        "ingest_date": date(2024, 3, 10),
    } | more


def opened(start: datetime, end: datetime, subscription: str = "s1", **more) -> Row:
    """A SUBSCRIBE of BASIC_M, or what ``more`` makes of it, at its own start."""
    more = {"product_code": "BASIC_M"} | more
    kind = more.pop("event_type", "SUBSCRIBE")
    bounds = {"period_start": start, "period_end": end}
    return event(kind, start, subscription, **bounds | more)


def raw_of(*rows: Row, **tables: list[Row]) -> dict[str, list[Row]]:
    """Plays and events told apart by their key, beside the example catalogue."""
    return {
        "player.viewing_log": [row for row in rows if "log_id" in row],
        "billing.subscription_event": [row for row in rows if "event_id" in row],
        **CATALOG,
        **{name.replace("__", "."): own for name, own in tables.items()},
    }


def marts(*rows: Row, run_date: date = RUN_DATE, **variables) -> dict[str, list[Row]]:
    """The marts of plays and events."""
    return build_marts(raw_of(*rows), run_date, "pepper", PRODUCTS, **variables)


def built(*rows: Row, **variables) -> Warehouse:
    """Plays, periods and spells of plays and events."""
    return build_warehouse(raw_of(*rows), "pepper", PRODUCTS, Settings(**variables))


def daily(
    mart: list[Row], column: str, level: str = "total", product: str = "ALL"
) -> dict[int, object]:
    """A measure of ``paid_subscribers_daily`` by day of March, zeros left out."""
    return {
        row["snapshot_date"].day: row[column]
        for row in mart
        if (row["level"], row["product_code"]) == (level, product) and row[column]
    }
