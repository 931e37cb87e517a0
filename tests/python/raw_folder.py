"""Writes small raw folders of the contract for the tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ott.contract import Table, split_type, struct_fields, tables

TEST_PEPPER = "pepper-of-the-tests"

ARROW_TYPES = {
    "string": pa.string(),
    "int64": pa.int64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "float64": pa.float64(),
}
FIRST_DAY, LAST_DAY = date(2026, 3, 2), date(2026, 3, 3)


def table_named(name: str) -> Table:
    """Return a table of the contract, such as `player.viewing_log`."""
    return next(table for table in tables() if str(table) == name)


def arrow_type(text: str) -> pa.DataType:
    """Return the Arrow type of a BigQuery type of the contract."""
    outer, inner = split_type(text)
    if outer == "array":
        return pa.list_(arrow_type(inner))
    if outer == "struct":
        return pa.struct([(n, arrow_type(t)) for n, t in struct_fields(inner)])
    return ARROW_TYPES[outer]


def schema_of(table: Table) -> pa.Schema:
    """Return the columns that a file of a table holds; a log's date is its folder."""
    return pa.schema(
        (name, arrow_type(type_))
        for name, type_ in table.columns.items()
        if not (table.is_log and name == "ingest_date")
    )


def write_file(
    root: Path,
    name: str,
    rows: Iterable[dict[str, Any]] = (),
    inside: str | None = None,
    file: str = "part-0.parquet",
    types: dict[str, pa.DataType | None] | None = None,
) -> Path:
    """Write one Parquet file of a table and return its path.

    `inside` is the folder below the table's, for a log by default the date of its rows;
    `types` changes the type of columns, leaves one out (None) or adds one.
    """
    table, rows = table_named(name), list(rows)
    if inside is None:
        inside = (
            f"ingest_date={rows[0]['ingested_at']:%Y-%m-%d}" if table.is_log else ""
        )
    schema = {field.name: field.type for field in schema_of(table)} | (types or {})
    kept = pa.schema([(n, type_) for n, type_ in schema.items() if type_ is not None])
    path = root / table.system / table.name / inside / file
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=kept), path)
    return path


def play(day: date, number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a viewing log row of one hour at noon in Korea."""
    start = datetime(day.year, day.month, day.day, 3)
    return {
        "log_id": f"log-{day}-{number}",
        "uno": f"u{number}",
        "profile_id": f"u{number}-1",
        "device_id": f"device-{number}",
        "device_type": "TV",
        "app_version": "1.0",
        "content_id": "C1",
        "charge_type": "SVOD",
        "started_at": start,
        "ended_at": start.replace(hour=4),
        "play_seconds": 3600,
        "ingested_at": start.replace(hour=5),
    } | changes


def subscribe(day: date, number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a SUBSCRIBE event of a month at 11 in the morning in Korea."""
    start = datetime(day.year, day.month, day.day, 2)
    return {
        "event_id": f"event-{day}-{number}",
        "subscription_id": f"s{number}",
        "uno": f"u{number}",
        "event_type": "SUBSCRIBE",
        "product_code": "BASIC_M",
        "occurred_at": start,
        "period_start": start,
        "period_end": start.replace(month=start.month + 1),
        "paid_amount": "7,900",
        "currency": "KRW",
        "payment_method": "CARD",
        "ingested_at": start,
    } | changes


def write_tiny_raw(root: Path) -> Path:
    """Write the smallest folder of the four required systems that has a First View."""
    then = datetime(2026, 1, 1)
    write_file(root, "player.viewing_log", [play(FIRST_DAY)])
    write_file(root, "player.viewing_log", [play(LAST_DAY, 1), play(LAST_DAY, 2)])
    write_file(root, "billing.subscription_event", [subscribe(FIRST_DAY)])
    write_file(root, "billing.subscription_event", [subscribe(LAST_DAY, 2)])
    write_file(root, "member.account", [{"uno": "u1", "updated_at": then}])
    write_file(
        root,
        "member.profile",
        [{"profile_id": "u1-1", "uno": "u1", "updated_at": then}],
    )
    write_file(
        root,
        "catalog.program",
        [
            {
                "program_id": "P1",
                "title": "바다의 끝",
                "genre": "DRAMA",
                "updated_at": then,
            }
        ],
    )
    write_file(
        root,
        "catalog.content",
        [
            {
                "content_id": "C1",
                "program_id": "P1",
                "content_type": "VOD",
                "runtime_seconds": 3600,
                "updated_at": then,
            }
        ],
    )
    return root
