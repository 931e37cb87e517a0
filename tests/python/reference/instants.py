"""Instants and KST days as whole numbers, so that 9999-12-31 needs no care."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
KST_OFFSET = 9 * HOUR
EPOCH = datetime(1970, 1, 1)


def micros(value: datetime) -> int:
    """Microseconds since 1970 UTC; without a time zone the value is UTC."""
    if value.tzinfo is not None:
        value = value.astimezone(UTC).replace(tzinfo=None)
    return (value - EPOCH) // timedelta(microseconds=1)


def kst_day(instant: int) -> int:
    """KST date of an instant, as days since 1970-01-01."""
    return (instant + KST_OFFSET) // DAY


def end_of_day(day: int) -> int:
    """24:00 KST of a day."""
    return (day + 1) * DAY - KST_OFFSET


def day_number(value: date) -> int:
    """Days from 1970-01-01 to a date."""
    return (value - EPOCH.date()).days


def as_date(day: int) -> date:
    """The date of a day number."""
    return EPOCH.date() + timedelta(days=day)


def start_of_day(value: date) -> int:
    """00:00 KST of a date."""
    return end_of_day(day_number(value) - 1)
