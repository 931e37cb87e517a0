"""Instants, oddities and copies that both logs of the random data share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

from .contract import TABLES, Row

BASE = date(2024, 3, 4)  # a Monday
RUN_DATE = BASE + timedelta(days=20)
HOT_DAYS = (0, 0, 1, 7, 7, 8, 14, 14, 20, 21)  # days after BASE, some doubly hot
MICRO = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
KST = timedelta(hours=9)
FAR_END = datetime(9999, 12, 31, 23, 59, 59, 999999)
# Code point order differs from UTF-16 order in the last two.
TEXTS = ("1.0", "10.0", "2.0", "Z", "a", "é", "가", "\uff61", "😀", "  ", None)
# Hours of a KST day; 9 is midnight UTC, so that ingest dates change there.
BORDERS = (
    timedelta(0),
    MICRO,
    SECOND,
    9 * HOUR - MICRO,
    9 * HOUR,
    12 * HOUR,
    12 * HOUR + timedelta(seconds=30),
    20 * HOUR,
    DAY - SECOND,
    DAY - MICRO,
)


def kst_midnight(day: date) -> datetime:
    """00:00 KST of a date as UTC without a mark."""
    return datetime(day.year, day.month, day.day) - KST


def instant(rng: Random) -> datetime:
    """An instant on a border of a hot day, now and then anywhere in 23 days."""
    offset = rng.choice(HOT_DAYS) if rng.random() < 0.85 else rng.randrange(23)
    midnight = kst_midnight(BASE + timedelta(days=offset))
    if rng.random() < 0.7:
        return midnight + rng.choice(BORDERS)
    return midnight + timedelta(seconds=rng.randrange(86_400))


def ingest_date(row: Row, rng: Random) -> date:
    """UTC date of arrival; of a row that lost it, the folder it came to lie in."""
    arrived = row["ingested_at"]
    if arrived is None:
        return BASE + timedelta(days=rng.randrange(20))
    return arrived.date()


def arrival(happened: datetime, rng: Random) -> datetime | None:
    """When a row arrived: soon, late, in the future to a microsecond, or unknown."""
    if rng.random() < 0.015:
        return None
    if happened.year > 9000:
        return kst_midnight(RUN_DATE)
    tolerance = timedelta(minutes=10)
    delays = (SECOND, HOUR, HOUR, DAY, 3 * DAY, -SECOND, -tolerance)
    if rng.random() < 0.025:
        return happened - tolerance - MICRO
    return happened + rng.choice(delays)


def decorate(name: str, row: Row, rng: Random) -> Row:
    """Now and then pad a text, lower its case, or take a value away."""
    texts = [c for c, kind in TABLES[name].columns.items() if kind == "string"]
    for column in texts:
        if row[column] is not None and rng.random() < 0.04:
            row[column] = rng.choice((" {} ", "  {}", "{} ")).format(row[column])
    if rng.random() < 0.03:
        column = rng.choice(texts)
        row[column] = row[column] and row[column].lower()
    if rng.random() < 0.02:
        column = rng.choice([c for c in row if c != "ingest_date"])
        row[column] = None
    if rng.random() < 0.02:
        row[rng.choice(texts)] = rng.choice(("", " ", "\t", "?"))
    return row


def resend(rows: list[Row], share: float, change: Callable, rng: Random) -> list[Row]:
    """Copies of some rows under the same key, the same or with changed columns."""
    copies = []
    for row in rows:
        while rng.random() < share:
            copy = dict(row)
            for _ in range(rng.randrange(3)):
                change(copy, rng)
            if copy["ingested_at"] is not None and rng.random() < 0.5:
                copy["ingested_at"] += rng.choice((-SECOND, MICRO, SECOND, DAY))
            copy["ingest_date"] = ingest_date(copy, rng)
            copies.append(copy)
    return copies


def history_borders(start: date | str) -> list[datetime]:
    """Instants right before and at the first KST day of the history."""
    first = date.fromisoformat(start) if isinstance(start, str) else start
    midnight = kst_midnight(first)
    return [midnight - MICRO, midnight]


def with_mark(value: datetime | None) -> datetime | None:
    """The same instant with the UTC mark."""
    return value and value.replace(tzinfo=UTC)
