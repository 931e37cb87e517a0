"""The cloud bill, from the same jobs as the platform, and the tables' storage."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import numpy as np

from ott.sample.clock import DAY, KST, MICROS, day_date, day_number
from ott.sample.platform import (
    BASELINE_SLOTS,
    LATE_BILL_DAYS,
    MODELS,
    PRICE_PER_SLOT_HOUR,
    PRICE_PER_TIB,
    PROJECTS,
    RATE,
    RESERVED_SINCE,
    TIB,
    job_rows,
)
from ott.sample.randomness import Purpose, stream
from ott.sample.settings import Settings

ANALYSIS, SLOTS, STORAGE = (
    ("B-ANALYSIS", "Analysis (asia-northeast3)"),
    ("B-SLOTS", "BigQuery Enterprise Edition (asia-northeast3)"),
    ("B-STORAGE", "Active Logical Storage (asia-northeast3)"),
)
HOUR = 3_600 * MICROS
STORAGE_PER_DAY_USD = 1.4
FREE_SHARE = 0.12


def bill_rows(settings: Settings) -> list[dict[str, Any]]:
    """Return the bill of the sample's days, every row that was exported by its end."""
    closes = (day_number(settings.end) + 1) * DAY * MICROS
    rows = []
    for jobs in job_rows(settings):
        rows += _bill(settings.seed, jobs)
    return [row for row in rows if row["export_time"] < closes]


def _bill(seed: int, jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a KST day's bill: analysis by hour, project and team, slots, storage."""
    day = (jobs[0]["creation_time"] // MICROS + KST) // DAY
    random = stream(seed, Purpose.PLATFORM, day, 1)
    used: dict[tuple[int, str, str], int] = defaultdict(int)
    for job in jobs:
        is_parent = job["statement_type"] == "SCRIPT"
        if job["reservation_id"] or is_parent or not job["total_bytes_billed"]:
            continue
        team = next(
            (pair["value"] for pair in job["labels"] if pair["key"] == "team"), ""
        )
        used[job["end_time"] // HOUR, job["project_id"], team] += job[
            "total_bytes_billed"
        ]
    rows = []
    for (hour, project, team), amount in sorted(used.items()):
        dollars = amount / TIB * PRICE_PER_TIB
        row = _row(ANALYSIS, project, team, hour, dollars, amount / TIB, "tebibyte")
        rows.append(row)
    midnight = (day * DAY - KST) // 3600
    if day_date(day) >= RESERVED_SINCE:
        for hour in range(midnight, midnight + 24):
            dollars = BASELINE_SLOTS * PRICE_PER_SLOT_HOUR
            rows.append(
                _row(
                    SLOTS, PROJECTS[0][0], "data", hour, dollars, BASELINE_SLOTS, "hour"
                )
            )
    for project, _ in PROJECTS:
        dollars = STORAGE_PER_DAY_USD * (1 + (day - 20_000) / 2_000)
        rows.append(
            _row(STORAGE, project, "", midnight, dollars, dollars * 40, "gibibyte")
        )
    if day_date(day).day == 5 and rows:
        # A correction of the month before, invoiced in this one.
        correction = _row(
            ANALYSIS, PROJECTS[1][0], "", midnight - 240, -0.4, 0.0, "tebibyte"
        )
        invoice = {"month": f"{day_date(day):%Y%m}"}
        rows.append({**correction, "cost_type": "adjustment", "invoice": invoice})
    for row in rows:
        lag = 4 + random.exponential(5)
        if random.random() < 0.03:
            lag += 24 * random.uniform(1, LATE_BILL_DAYS)
        row["export_time"] = row["usage_end_time"] + int(lag * HOUR)
        if row["sku"]["id"] == ANALYSIS[0] and row["cost"] > 0:
            row["credits"] = _credits(row["cost"], bool(random.random() < 0.1))
    return rows


def _row(
    sku: tuple[str, str],
    project: str,
    team: str,
    hour: int,
    dollars: float,
    amount: float,
    unit: str,
) -> dict[str, Any]:
    month = day_date((hour * 3600 + KST) // DAY).strftime("%Y%m")
    number = dict(PROJECTS)[project]
    return {
        "billing_account_id": "00OTT0-SAMPLE-000001",
        "invoice": {"month": month},
        "cost_type": "regular",
        "service": {"id": "24E6-581D-38E5", "description": "BigQuery"},
        "sku": {"id": sku[0], "description": sku[1]},
        "project": {"id": project, "number": number, "name": project},
        "labels": [{"key": "team", "value": team}] if team else [],
        "usage_start_time": hour * HOUR,
        "usage_end_time": (hour + 1) * HOUR,
        "export_time": 0,
        "cost": round(dollars * RATE, 6),
        "currency": "KRW",
        "currency_conversion_rate": RATE,
        "usage": {
            "amount": amount,
            "unit": unit,
            "amount_in_pricing_units": amount,
            "pricing_unit": unit,
        },
        "credits": [],
    }


def _credits(cost: float, is_promoted: bool) -> list[dict[str, Any]]:
    """Return the credits of a row, negative: the free tier, at times a promotion."""
    free = {
        "id": "free-tier",
        "name": "BigQuery free tier",
        "type": "FREE_TIER",
        "amount": -round(cost * FREE_SHARE, 6),
    }
    promotion = {
        "id": "promo-2025",
        "name": "Partner credit",
        "type": "PROMOTION",
        "amount": -round(cost * 0.2, 6),
    }
    return [free, promotion] if is_promoted else [free]


def storage_rows(settings: Settings) -> list[dict[str, Any]]:
    """Return the warehouse's tables as the last look at their storage found them."""
    looked = (day_number(settings.end) + 1) * DAY - KST
    random = stream(settings.seed, Purpose.PLATFORM, 0, 2)
    names = [("mart", model) for model in MODELS]
    names += [("raw_player", "viewing_log"), ("raw_billing", "subscription_event")]
    names += [("scratch", f"tmp_analysis_{number:02d}") for number in range(1, 9)]
    rows = []
    for schema, name in names:
        is_scratch = schema == "scratch"
        logical = int(random.lognormal(22 if is_scratch else 24.5, 1))
        cold = logical if is_scratch else int(logical * random.uniform(0.2, 0.7))
        physical, cold_physical = logical // 7, cold // 7
        idle = int(random.integers(100, 400)) * DAY if is_scratch else 3 * 3600
        made = day_number(date(2024, 6, 3)) * DAY + int(random.integers(200)) * DAY
        time_travel = 0 if is_scratch else physical // 12
        rows.append(
            {
                "project_id": PROJECTS[int(is_scratch)][0],
                "table_schema": schema,
                "table_name": name,
                "table_type": "BASE TABLE",
                "creation_time": made * MICROS,
                "storage_last_modified_time": max(made, looked - idle) * MICROS,
                "deleted": is_scratch and bool(random.random() < 0.25),
                "total_rows": logical // 180,
                "total_partitions": 1 if is_scratch else int(np.ceil(logical / 2**26)),
                "total_logical_bytes": logical,
                "active_logical_bytes": logical - cold,
                "long_term_logical_bytes": cold,
                "total_physical_bytes": physical + time_travel,
                "active_physical_bytes": physical - cold_physical + time_travel,
                "long_term_physical_bytes": cold_physical,
                "time_travel_physical_bytes": time_travel,
                "fail_safe_physical_bytes": physical // 20,
            }
        )
    return rows
