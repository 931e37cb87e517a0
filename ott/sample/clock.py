"""Days, seconds and seasons.

A *day* is a number of days since 1970-01-01 of the KST calendar unless it says UTC; a
*local* instant is seconds since 1970-01-01 00:00 KST; raw instants are microseconds
since 1970-01-01 00:00 UTC.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays
import numpy as np

from ott.sample.randomness import Array

DAY = 86_400
KST = 9 * 3_600
MICROS = 1_000_000

CALENDAR_FIRST, CALENDAR_LAST = 18_262, 32_873

WEEKDAY_FACTORS = (0.90, 0.90, 0.92, 0.95, 1.06, 1.19, 1.16)
MONTH_FACTORS = (1.07, 1.03, 0.97, 0.95, 0.97, 0.98, 1.03, 1.05, 0.96, 1.0, 1.0, 1.06)
# What the factors come to on average over the days of the default sample.
SAMPLE_AVERAGE = 1.026


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to a date."""
    return day.toordinal() - 719_163


def day_date(day: int) -> date:
    """Return the date of a day number."""
    return date.fromordinal(day + 719_163)


def to_micros(local: Array, micros: Array | int = 0) -> Array:
    """Return the UTC microseconds of local seconds, plus micros."""
    return (local - KST) * MICROS + micros


def instant(local: int) -> int:
    """Return the UTC microsecond of a local second."""
    return (local - KST) * MICROS


@cache
def is_holiday(day: int) -> bool:
    """Return whether a KST day is a public holiday of Korea."""
    found = day_date(day)
    return found in _calendar(found.year)


@cache
def _calendar(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("KR", years=year)


def is_free(day: int) -> bool:
    """Return whether most people are off: a weekend or a public holiday."""
    return day_date(day).weekday() >= 5 or is_holiday(day)


def season(day: int) -> float:
    """Return the expected viewing of a day against the average day of the sample."""
    found = day_date(day)
    factor = WEEKDAY_FACTORS[found.weekday()] * MONTH_FACTORS[found.month - 1]
    if is_holiday(day):
        factor *= 1.22
    if found.month == 12 and found.day >= 24:
        factor *= 1.1
    growth = 1 + 0.1 * (found - date(2025, 11, 24)) / timedelta(days=365)
    return factor * max(0.6, growth) / SAMPLE_AVERAGE


@cache
def _months() -> tuple[Array, Array, Array]:
    """Return the month and the day within it (from 0) of each day, and first days.

    Looking them up is many times faster than numpy's own calendar.
    """
    days = np.arange(CALENDAR_FIRST, CALENDAR_LAST).astype("M8[D]")
    months = days.astype("M8[M]")
    within = (days - months.astype("M8[D]")).astype(np.int64)
    number = months.astype(np.int64) - int(months[0].astype(np.int64))
    distinct = np.unique(months).astype("M8[D]").astype(np.int64)
    return number, within, distinct


def month_number(local: Array | int) -> Array:
    """Return the month of local seconds, counted from the calendar's first month."""
    return _months()[0][np.asarray(local) // DAY - CALENDAR_FIRST]


def add_months(local: Array, months: Array) -> Array:
    """Move local seconds by calendar months, to the last day of a shorter month.

    The time of day stays, as it does on a monthly pass. Instants lie between 2020 and
    2060.
    """
    month_of, within, first_of = _months()
    days, second = np.divmod(local, DAY)
    target = month_of[days - CALENDAR_FIRST] + months
    moved = first_of[target] + within[days - CALENDAR_FIRST]
    return np.minimum(moved, first_of[target + 1] - 1) * DAY + second
