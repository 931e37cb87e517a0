"""What earlier runs would have kept, for the proof: made up, with every outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from ott.quality.columns import TABLE as COLUMNS
from ott.quality.kept import keep
from ott.quality.results import TABLE

# How the checks ended day by day; a space is a day without a run.
OUTCOMES = (
    "pppfffpppp p",
    "fff ffsfpsff",
    "wwwpwwwwwwwe",
    "pppppppppppp",
)
STATUSES = {"p": "pass", "f": "fail", "w": "warn", "e": "error", "s": "skipped"}
KINDS = ("not_null", "singular", "unique", "unheard_of")


def write_kept(root: Path, last: date) -> None:
    """Write results of checks up to a day, two runs on some days, one of them twice."""
    rows = list(_results(last))
    keep(root, TABLE, "first", rows)
    keep(root, TABLE, "again", rows[:3])
    keep(root, COLUMNS, "columns", _columns(last))


def _columns(last: date) -> Iterator[dict[str, Any]]:
    """Yield a column of each kind: as it should be, new, lost and retyped."""
    for name, seen, expected, back in (
        ("uno", "string", "string", 30),
        ("referrer", "string", None, 2),
        ("device_id", "string", "string", 30),
        ("device_id", "absent", "string", 1),
        ("play_seconds", "int64", "int64", 30),
        ("play_seconds", "string", "int64", 1),
    ):
        yield {
            "system_name": "player",
            "table_name": "viewing_log",
            "column_name": name,
            "data_type": seen,
            "contract_type": expected,
            "is_expected": seen == expected,
            "first_seen_date": last - timedelta(days=back),
            "last_seen_date": last,
        }


def _results(last: date) -> Iterator[dict[str, Any]]:
    for number, outcomes in enumerate(OUTCOMES):
        for back, letter in enumerate(reversed(outcomes)):
            if letter == " ":
                continue
            day = last - timedelta(days=back)
            # 23:10 UTC is 08:10 of the next day in Korea
            for hour, status in ((22, "error"), (23, STATUSES[letter]))[back % 2 :]:
                moment = datetime(day.year, day.month, day.day, hour, 10)
                yield _row(number, status, back, moment)


def _row(number: int, status: str, back: int, moment: datetime) -> dict[str, Any]:
    counted = status not in ("error", "skipped")
    failures = 0 if status == "pass" else number * 10 + back
    return {
        "invocation_id": f"run-{moment:%Y%m%d%H}",
        "finished_at": moment,
        "check_id": f"test.ott.check_{number}",
        "check_name": f"check_{number}",
        "check_type": KINDS[number],
        "domain": "viewing" if number else "elsewhere",
        "model_name": "plays" if number % 2 else None,
        "column_name": "view_date" if number == 1 else None,
        "severity": "warn" if status == "warn" else "error",
        "status": status,
        "failures": failures if counted else None,
        "seconds": 0.25,
        "message": None if counted else "Conversion Error: …",
        "owner": "team" if number == 3 else None,
        "what_is_this": "What it says." if number == 3 else None,
    }
