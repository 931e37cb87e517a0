"""The work of a sample, cut into tasks that any process can do in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from ott import contract
from ott.sample import (
    billing,
    billing_export,
    billing_rows,
    crm,
    platform,
    play_rows,
    reference_rows,
    search,
    slack,
    world,
)
from ott.sample.clock import day_date, day_number
from ott.sample.plays import LATEST_DAYS
from ott.sample.settings import Settings
from ott.sample.world import World
from ott.sample.write import ingest_folder, table_of, write

ROWS_PER_TASK = 60_000


@dataclass(frozen=True)
class Task:
    """A piece of work: a kind and the days or the table that it is about."""

    kind: str
    about: Any
    days: int = 1


@dataclass(frozen=True)
class Written:
    """Rows and files of a table that a task wrote."""

    table: str
    rows: int
    files: int


def tasks(settings: Settings) -> list[Task]:
    """Return the tasks of a sample, long ones first."""
    first, last = day_number(settings.start), day_number(settings.end)
    step = max(1, min(14, ROWS_PER_TASK // settings.plays_per_day))
    chunks = [
        Task("days", (day, min(day + step - 1, last)), min(step, last - day + 1))
        for day in range(first, last + 1, step)
    ]
    whole = [Task("table", name) for name in TABLES]
    return [
        *whole,
        *(Task("billing", days) for days in billing.arrivals(settings)),
        *chunks,
    ]


def work(root: Path, settings: Settings, task: Task) -> list[Written]:
    """Do a task and return what it wrote."""
    known = world.build(settings)
    if task.kind == "table":
        rows = write(root, task.about, "rows.parquet", TABLES[task.about](known))
        return [Written(task.about, rows, 1)]
    if task.kind == "billing":
        return [_billing(root, known, task.about)]
    first, last = task.about
    return [done for day in range(first, last + 1) for done in _day(root, known, day)]


def write_missing(
    root: Path, settings: Settings, files: Mapping[str, int]
) -> list[Written]:
    """Write a file without rows for each table that has none, logs' on the last day."""
    done = []
    for table in contract.tables():
        if not files.get(str(table)):
            inside = f"{ingest_folder(settings.end)}/" if table.is_log else ""
            rows = table_of(str(table), [])
            write(root, str(table), f"{inside}rows.parquet", rows)
            done.append(Written(str(table), 0, 1))
    return done


def _billing(root: Path, known: World, days: tuple[date, date]) -> Written:
    rows, files = billing.write_arrivals(
        root, known.settings, known.members, known.lives, days
    )
    return Written(billing_rows.NAME, rows, files)


def _day(root: Path, known: World, day: int) -> list[Written]:
    """Write the plays of a KST day and the logs that arrive on the UTC day."""
    done = [Written(play_rows.NAME, *play_rows.write_day(root, known, day))]
    # What arrives late may have been played up to ten days before; a file that would
    # reach back before the first day is left out as a whole.
    if day - LATEST_DAYS >= day_number(known.settings.start):
        done.append(Written(play_rows.NAME, *play_rows.write_late(root, known, day)))
    for name, rows in (
        (crm.EVENT, crm.event_rows(known, day)),
        (search.TURN, search.turn_rows(known, day)),
    ):
        if rows is not None:
            file = f"{ingest_folder(day)}/{day_date(day)}.parquet"
            done.append(Written(name, write(root, name, file, rows), 1))
    return done


def _listed(
    name: str, rows: Callable[[Settings], list[dict[str, Any]]]
) -> Callable[[World], pa.Table]:
    return lambda known: table_of(name, rows(known.settings))


def _jobs(known: World) -> Iterable[pa.Table]:
    rows = [row for jobs in platform.job_rows(known.settings) for row in jobs]
    return [table_of("platform.jobs", rows)]


def _timeline(known: World) -> Iterable[pa.Table]:
    for jobs in platform.job_rows(known.settings):
        yield table_of("platform.jobs_timeline", platform.timeline_rows(jobs))


def _reservations(known: World) -> Iterable[pa.Table]:
    yield table_of("platform.reservations_timeline", [])
    yield from platform.reservation_rows(known.settings)


TABLES: dict[str, Callable[[World], Iterable[pa.Table] | pa.Table]] = {
    "platform.reservations_timeline": _reservations,
    "platform.jobs_timeline": _timeline,
    "platform.jobs": _jobs,
    "platform.billing_export": _listed(
        "platform.billing_export", billing_export.bill_rows
    ),
    "platform.table_storage": _listed(
        "platform.table_storage", billing_export.storage_rows
    ),
    "platform.directory": _listed("platform.directory", platform.directory_rows),
    "slack.message": _listed("slack.message", slack.messages),
    "slack.member": _listed("slack.member", slack.members),
    "slack.channel": _listed("slack.channel", slack.channels),
    reference_rows.ACCOUNT: reference_rows.account_rows,
    reference_rows.PROFILE: reference_rows.profile_rows,
    reference_rows.PROGRAM: reference_rows.program_rows,
    reference_rows.CONTENT: reference_rows.content_rows,
    crm.CAMPAIGN: crm.campaign_rows,
    search.EVALUATION: search.evaluation_rows,
}
