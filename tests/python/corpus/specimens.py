"""The corpus: each column of the two logs, malformed as its type allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reference.contract import TABLES, Row
from reference.generate import random_raw
from reference.generate_common import BASE

LOGS = ("player.viewing_log", "billing.subscription_event")
LARGE = 1_000_000
# Spreadsheets take a text that begins so for a formula.
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://example.com","x")',
    "＝1+1",
)
TEXTS: dict[str, str | None] = {
    "null": None,
    "empty": "",
    "spaces": "   ",
    "tab": "\t",
    "no-break space": "\u00a0",
    "nul": "a\x00b",
    "control": "\x01\x07\x1b[31m\x7f",
    "lines": "a\nb\r\nc",
    "emoji": "👩‍👩‍👧‍👦🎬",
    "right to left": "\u202eabc\u202c",
    "zero width": "a\u200bb",
    "combining": "e\u0301",
    "Korean": "홍길동 드라마",
    "last code point": "\U0010ffff",
    "quotes": "'\"`\\",
    "SQL": "'; drop table marts.viewing_daily; --",
    "SQL comment": "a /* b */ -- c",
    "Jinja": "{{ var('x') }}{% raw %}",
    "HTML": "<script>alert(1)</script>",
    "path": "../../etc/passwd",
    "JSON": '{"a": [1, null]}',
    "number": "12345678901234567890123",
    "NaN": "NaN",
    "timestamp": "2024-03-04 00:00:00",
    "null as text": "NULL",
    "percent": "%s%n{0}",
    **{f"formula {number}": text for number, text in enumerate(FORMULAS)},
}
INSTANTS: dict[str, datetime | None] = {
    "null": None,
    "year 1": datetime(1, 1, 1),
    "1582": datetime(1582, 10, 4, 12),
    "before 1970": datetime(1969, 12, 31, 23, 59, 59, 999999),
    "1970": datetime(1970, 1, 1),
    "before history": datetime(2023, 12, 31, 14, 59, 59, 999999),
    "2038": datetime(2038, 1, 19, 3, 14, 8),
    "far future": datetime(9999, 12, 31, 14, 59, 59),
    "last hours": datetime(9999, 12, 31, 15),
    "last instant": datetime(9999, 12, 31, 23, 59, 59, 999999),
    "a year later": datetime(2025, 3, 4),
}
NUMBERS: dict[str, int | None] = {
    "null": None,
    "negative": -1,
    "zero": 0,
    "a day": 86_400,
    "a day and a second": 86_401,
    "milliseconds": 3_600_000,
    "int32": 2**31,
    "greatest": 2**63 - 1,
    "least": -(2**63),
}
VALUES: dict[str, dict[str, Any]] = {
    "string": TEXTS,
    "timestamp": INSTANTS,
    "int64": NUMBERS,
}


@dataclass(frozen=True)
class Specimen:
    """A raw row that is sound but for one column."""

    table: str
    column: str
    fault: str
    row: Row


def specimens(size: int = LARGE) -> list[Specimen]:
    """Every column of both logs with every fault; texts are as large as `size`."""
    return [one for table in LOGS for one in _of_table(table, size)]


def raw_tables(corpus: list[Specimen], history_start_date: str) -> dict[str, list[Row]]:
    """The corpus as the rows of both logs, with the tables that these refer to."""
    tables = random_raw(1, 0, 0, history_start_date)
    for table in LOGS:
        tables[table] = [one.row for one in corpus if one.table == table]
    return tables


def _of_table(table: str, size: int) -> Iterator[Specimen]:
    number = 0
    for column, kind in TABLES[table].columns.items():
        if column == "ingest_date":
            continue
        faults = dict(VALUES[kind])
        if kind == "string":
            faults["large"] = "가" + "x" * size
        for fault, value in faults.items():
            number += 1
            row = _sound(table, number)
            row[column] = value
            yield Specimen(table, column, fault, row)


def _sound(table: str, number: int) -> Row:
    start = datetime(BASE.year, BASE.month, BASE.day, 3) + timedelta(hours=number % 20)
    own = _play(number, start) if table == LOGS[0] else _event(number, start)
    arrived = start + timedelta(hours=2)
    return own | {"ingested_at": arrived, "ingest_date": arrived.date()}


def _play(number: int, start: datetime) -> Row:
    return {
        "log_id": f"log{number}",
        "uno": "u1",
        "profile_id": "u1-1",
        "device_id": f"d{number % 7}",
        "device_type": "TV",
        "app_version": "5.0.0",
        "content_id": f"c{number % 9 + 1}",
        "charge_type": "SVOD",
        "started_at": start,
        "ended_at": start + timedelta(hours=1),
        "play_seconds": 3_000,
    }


def _event(number: int, start: datetime) -> Row:
    kind = ("SUBSCRIBE", "RENEW", "REFUND")[number % 3]
    is_period = kind != "REFUND"
    return {
        "event_id": f"event{number}",
        "subscription_id": f"s{number % 11}",
        "uno": f"u{number % 4 + 1}",
        "event_type": kind,
        "product_code": "BASIC_M",
        "occurred_at": start,
        "period_start": start if is_period else None,
        "period_end": start + timedelta(days=30) if is_period else None,
        "paid_amount": "7,900원",
        "currency": "KRW",
        "payment_method": "CARD",
    }
