"""What the environment decides: the pepper, the database file and the run date."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from ott.contract import PROJECT_DIR
from ott.errors import UserError

DEFAULT_DATABASES = {"dev": "data/ott.duckdb", "ci": "target/ci.duckdb"}
OLDEST_PYTHON = (3, 11)


def check_python() -> None:
    """Refuse a Python that is too old.

    Raises:
        UserError: this Python is older than 3.11.
    """
    if sys.version_info[:2] < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise UserError(
            f"This is Python {found} ({sys.executable}); the project needs Python 3.11 "
            "or newer. Install one, remove the folder .venv and run `make build` again."
        )


def pepper() -> str:
    """Return the pepper of the account hash from the environment.

    Raises:
        UserError: `OTT_HASH_PEPPER` is not set.
    """
    value = os.environ.get("OTT_HASH_PEPPER", "")
    if not value:
        raise UserError(
            "OTT_HASH_PEPPER is not set. It is the secret that is hashed together "
            "with each account number: export OTT_HASH_PEPPER=... before you build, "
            "and keep it the same for good, or every hash_uno changes."
        )
    return value


def duckdb_path(target: str = "dev") -> Path:
    """Return the database file of `OTT_DUCKDB_PATH`, else the default of a target."""
    given = os.environ.get("OTT_DUCKDB_PATH")
    if given:
        return Path(given).resolve()
    return PROJECT_DIR / DEFAULT_DATABASES[target]


@contextmanager
def set_environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables of the environment; at the end it is as it was before."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def today_in_korea() -> date:
    """Return the current date in Korea (KST has had no daylight saving since 1988)."""
    # datetime.UTC would keep a Python older than 3.11 from reaching the message above
    return (datetime.now(timezone.utc) + timedelta(hours=9)).date()  # noqa: UP017


def closed_day(text: str | None) -> date:
    """Return the run date that a person asked for; yesterday in Korea if none.

    Raises:
        UserError: the text is no date, or the day is not over in Korea.
    """
    today = today_in_korea()
    if not text:
        return today - timedelta(days=1)
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise UserError(
            f"run_date is '{text}', which is no date. Write it as YYYY-MM-DD."
        ) from None
    if day >= today:
        raise UserError(
            f"run_date {day} is not over in Korea, where it is {today}. "
            "Take a day before that."
        )
    return day
