"""`ott check-raw` names an event column of a wrong type, whatever the type is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner

from ott.cli import main
from ott.contract import tables
from ott.raw_check import EVENT_COLUMNS
from raw_folder import write_file

EVENTS = [
    (str(table), name)
    for table in tables()
    if table.is_log
    for name in EVENT_COLUMNS
    if name in table.columns
]
WRONG: list[tuple[pa.DataType, Any]] = [
    (pa.int32(), 5),
    (pa.int64(), 1_772_420_400_000_000),
    (pa.uint64(), 2**64 - 1),
    (pa.float32(), 1.5),
    (pa.float64(), float("inf")),
    (pa.decimal128(20, 3), Decimal("1772420400.000")),
    (pa.bool_(), True),
    (pa.string(), "2026-03-02 03:00:00"),
    (pa.large_string(), "2026-03-02T03:00:00Z"),
    (pa.binary(), b"2026"),
    (pa.binary(4), b"2026"),
    (pa.date32(), date(2026, 3, 2)),
    (pa.date64(), date(2026, 3, 2)),
    (pa.time32("ms"), time(3)),
    (pa.time64("us"), time(3)),
    (pa.duration("us"), timedelta(hours=3)),
    (pa.list_(pa.timestamp("us")), [datetime(2026, 3, 2)]),
    (pa.struct([("at", pa.timestamp("us"))]), {"at": datetime(2026, 3, 2)}),
]


def test_every_log_has_an_event_column() -> None:
    assert len(EVENTS) == len([table for table in tables() if table.is_log])


@pytest.mark.parametrize(("name", "column"), EVENTS)
@pytest.mark.parametrize(("type_", "value"), WRONG, ids=[str(t) for t, _ in WRONG])
def test_an_event_column_of_a_wrong_type(
    tmp_path: Path, name: str, column: str, type_: pa.DataType, value: Any
) -> None:
    inside = "ingest_date=2026-03-02"
    path = write_file(tmp_path, name, [{column: value}], inside, types={column: type_})
    result = CliRunner().invoke(main, ["check-raw", str(tmp_path)])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert f"error: {name}: column {column} is " in result.output
    assert f" in {path}; expected timestamp. Write" in result.output
