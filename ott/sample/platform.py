"""What the warehouse costs: BigQuery jobs and their seconds, storage, bills, people.

A day's jobs draw from the day alone. The jobs' seconds, the bill and the use of the
reservation follow from the jobs, so that the marts can reconcile one with the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from ott.sample.clock import DAY, KST, MICROS, day_date, day_number, is_free
from ott.sample.people import DEPARTMENTS, PEOPLE, SERVICES, email
from ott.sample.randomness import Purpose, stream
from ott.sample.settings import SERVICE_LAUNCH, Settings
from ott.sample.write import table_of

PROJECTS = (("ott-warehouse-prod", "410000000001"), ("ott-analytics", "410000000002"))
ADMIN_PROJECT = "ott-warehouse-admin"
RESERVED_SINCE = date(2026, 4, 1)
RESERVATION = f"{ADMIN_PROJECT}:asia-northeast3.etl"
BASELINE_SLOTS, MOST_SLOTS = 50, 200
MIB, TIB = 2**20, 2**40
PRICE_PER_TIB, PRICE_PER_SLOT_HOUR = 7.5, 0.066
RATE = 1_380.0
MODELS = (
    "viewing_daily",
    "paid_subscribers_daily",
    "first_views_daily",
    "account_segments",
)
LATE_BILL_DAYS = 3


def job_rows(settings: Settings) -> Iterator[list[dict[str, Any]]]:
    """Return the jobs of each KST day of the sample, one list of rows a day."""
    first, last = day_number(settings.start), day_number(settings.end)
    for day in range(first, last + 1):
        yield _jobs(settings.seed, day)


@lru_cache(maxsize=8)
def _jobs(seed: int, day: int) -> list[dict[str, Any]]:
    random = stream(seed, Purpose.PLATFORM, day)
    rows: list[dict[str, Any]] = []
    for run, hour in enumerate((5, 6)):
        rows += _script(random, day, hour, run)
    free = is_free(day)
    for person, (_, _, is_developer, joined) in enumerate(PEOPLE):
        if day_number(joined) > day:
            continue
        usual = (3.2 if is_developer else 0.7) * (0.1 if free else 1.0)
        for _ in range(int(random.poisson(usual))):
            second = int(random.normal(13.5, 3) * 3600)
            rows.append(_query(random, day, min(max(second, 0), DAY - 60), person))
    for service, _ in SERVICES[1:]:
        for _ in range(4):
            second = int(random.integers(8 * 3600, 20 * 3600))
            rows.append(_query(random, day, second, service))
    rows.append(_load(random, day))
    for number, row in enumerate(rows):
        row["job_id"] = row["job_id"] or f"job_{day:05d}_{number:04d}"
    return rows


def _job(**columns: Any) -> dict[str, Any]:
    """Return a row of ``platform.jobs`` with what most jobs have."""
    usual: dict[str, Any] = {
        "project_id": PROJECTS[1][0],
        "job_id": None,
        "parent_job_id": None,
        "job_type": "QUERY",
        "statement_type": "SELECT",
        "state": "DONE",
        "reservation_id": None,
        "cache_hit": False,
        "error_result": None,
        "labels": [],
    }
    return usual | columns


def _times(day: int, second: float, seconds: float) -> dict[str, int]:
    created = int((day * DAY - KST + second) * MICROS)
    started = created + 120_000
    return {
        "creation_time": created,
        "start_time": started,
        "end_time": started + int(seconds * MICROS),
    }


def _billed(processed: int) -> int:
    return max(10 * MIB, -(-processed // MIB) * MIB)


def _script(
    random: np.random.Generator, day: int, hour: int, run: int
) -> list[dict[str, Any]]:
    """Return a nightly run: a SCRIPT parent, then one child per model."""
    reserved = day_date(day) >= RESERVED_SINCE
    key = f"run_{day:05d}_{run}"
    children = []
    second = hour * 3600 + float(random.integers(0, 120))
    begin = second
    for number, model in enumerate(MODELS):
        seconds = float(random.lognormal(2.2, 0.4))
        processed = int(random.lognormal(23.2, 0.5))
        children.append(
            _job(
                project_id=PROJECTS[0][0],
                job_id=f"{key}_{number}",
                parent_job_id=key,
                user_email=SERVICES[0][0],
                statement_type="MERGE" if number % 2 else "CREATE_TABLE_AS_SELECT",
                reservation_id=RESERVATION if reserved else None,
                total_bytes_processed=processed,
                total_bytes_billed=_billed(processed),
                total_slot_ms=int(seconds * 1000 * random.uniform(25, 90)),
                labels=_labels(team="data", dbt_model=model),
                **_times(day, second, seconds),
            )
        )
        second += seconds + 0.5
    parent = _job(
        project_id=PROJECTS[0][0],
        job_id=key,
        user_email=SERVICES[0][0],
        statement_type="SCRIPT",
        cache_hit=None,
        labels=_labels(team="data"),
        **{
            name: sum(child[name] for child in children)
            for name in ("total_bytes_processed", "total_bytes_billed", "total_slot_ms")
        },
        **_times(day, begin - 1, second - begin + 1),
    )
    return [parent, *children]


def _query(
    random: np.random.Generator, day: int, second: float, who: int | str
) -> dict[str, Any]:
    processed = int(random.lognormal(21.3, 1.7))
    seconds = float(min(random.lognormal(1.3, 0.8), 90))
    chance = random.random()
    cached, failed = chance < 0.14, 0.14 <= chance < 0.2
    stopped, secured = 0.2 <= chance < 0.215, 0.215 <= chance < 0.23
    person = isinstance(who, int)
    team = DEPARTMENTS[PEOPLE[who][1]] if isinstance(who, int) else "bi"
    error = None
    if failed:
        error = {"reason": "invalidQuery", "message": "Unrecognized name"}
    if stopped:
        error = {"reason": "stopped", "message": "Job execution was cancelled"}
    return _job(
        user_email=email(PEOPLE[who][0]) if isinstance(who, int) else who,
        cache_hit=cached,
        total_bytes_processed=None if secured else 0 if cached or failed else processed,
        total_bytes_billed=None
        if secured
        else 0
        if cached or failed
        else _billed(processed),
        total_slot_ms=0 if cached else int(seconds * 1000 * random.uniform(3, 40)),
        error_result=error,
        labels=[] if person and random.random() < 0.6 else _labels(team=team),
        **_times(day, second, 0.2 if cached else seconds),
    )


def _load(random: np.random.Generator, day: int) -> dict[str, Any]:
    return _job(
        project_id=PROJECTS[0][0],
        user_email=SERVICES[0][0],
        job_type="LOAD",
        statement_type=None,
        cache_hit=None,
        total_bytes_processed=None,
        total_bytes_billed=None,
        total_slot_ms=int(random.integers(2_000, 9_000)),
        labels=_labels(team="data"),
        **_times(day, 3 * 3600, 25.0),
    )


def _labels(**pairs: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in pairs.items()]


def timeline_rows(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a row per job and second in which it ran, its slots spread evenly."""
    shared = ("project_id", "job_id", "parent_job_id", "user_email", "job_type")
    rows = []
    for job in jobs:
        begin, end = job["start_time"] // MICROS, job["end_time"] // MICROS
        slots = job["total_slot_ms"] // (end - begin + 1)
        for second in range(begin, end + 1):
            rows.append(
                {
                    name: job[name]
                    for name in (*shared, "statement_type", "reservation_id")
                }
                | {
                    "period_start": second * MICROS,
                    "period_slot_ms": slots,
                    "period_estimated_runnable_units": slots // 900,
                    "job_creation_time": job["creation_time"],
                    "job_start_time": job["start_time"],
                    "job_end_time": job["end_time"],
                }
            )
    return rows


def reservation_rows(settings: Settings) -> Iterator[pa.Table]:
    """Return a row per minute of the reservation, from the day it was bought."""
    name = "platform.reservations_timeline"
    for jobs in job_rows(settings):
        day = (jobs[0]["creation_time"] // MICROS + KST) // DAY
        if day_date(day) < RESERVED_SINCE:
            continue
        slots = np.zeros(DAY)
        for row in timeline_rows([job for job in jobs if job["reservation_id"]]):
            second = (row["period_start"] // MICROS + KST) % DAY
            slots[second] += row["period_slot_ms"] / 1000
        # The autoscaler adds fifties until the minute's busiest second has its slots.
        busiest = slots.reshape(-1, 60).max(axis=1) - BASELINE_SLOTS
        fifties = np.ceil(np.clip(busiest, 0, MOST_SLOTS - BASELINE_SLOTS) / 50)
        current = (fifties * 50).astype(int).tolist()
        begin = day * DAY - KST
        yield table_of(
            name,
            [
                {
                    "project_id": ADMIN_PROJECT,
                    "reservation_id": RESERVATION,
                    "reservation_name": "etl",
                    "edition": "ENTERPRISE",
                    "period_start": (begin + minute * 60) * MICROS,
                    "slots_assigned": BASELINE_SLOTS,
                    "slots_max_assigned": BASELINE_SLOTS,
                    "max_slots": MOST_SLOTS,
                    "period_autoscale_slot_seconds": added * 60,
                    "autoscale": {
                        "current_slots": added,
                        "max_slots": MOST_SLOTS - BASELINE_SLOTS,
                    },
                }
                for minute, added in enumerate(current)
            ],
        )


def directory_rows(settings: Settings) -> list[dict[str, Any]]:
    """Return the people who had joined by the end, and the service accounts."""
    people = [
        {
            "user_email": email(name),
            "department": DEPARTMENTS[department],
            "is_developer": is_developer,
            "joined_on": joined,
        }
        for name, department, is_developer, joined in PEOPLE
        if joined <= settings.end
    ]
    services = [
        {
            "user_email": address,
            "department": None,
            "is_developer": None,
            "joined_on": SERVICE_LAUNCH + timedelta(days=30),
        }
        for address, _ in SERVICES
    ]
    return people + services
