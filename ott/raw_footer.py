"""What the footer of a Parquet file says: rows, columns, the dates of its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

KST = timedelta(hours=9)


@dataclass(frozen=True)
class Footer:
    """Rows, column types by lower-case name, and KST dates at which events happened.

    The dates are the least and the greatest of each row group.
    """

    path: Path
    rows: int
    types: dict[str, pa.DataType]
    dates: tuple[date, ...] = ()


def read_footer(path: Path, event_column: str | None) -> Footer:
    """Read the footer of a Parquet file; its data is not touched.

    Args:
        path: the file.
        event_column: timestamp whose range is wanted.

    Raises:
        OSError: the file cannot be opened.
        pyarrow.ArrowException: the file is truncated or no Parquet file.
    """
    with pq.ParquetFile(path) as file:
        metadata = file.metadata
        types = {field.name.lower(): field.type for field in file.schema_arrow}
        # Arrow takes the old INT96 timestamps for ns; DuckDB reads microseconds
        for column in file.schema:
            if column.physical_type == "INT96":
                types[column.path.lower()] = pa.timestamp("us")
        # statistics of another type are no instants; the type itself is an error
        is_instant = pa.types.is_timestamp(types.get(event_column or "", pa.null()))
        dates = _dates(metadata, event_column) if is_instant else ()
        return Footer(path, metadata.num_rows, types, dates)


def _dates(metadata: Any, column_name: str | None) -> tuple[date, ...]:
    names = [metadata.schema.column(at).path for at in range(metadata.num_columns)]
    if column_name not in names:
        return ()
    at = names.index(column_name)
    found: list[date] = []
    for group in range(metadata.num_row_groups):
        try:
            statistics = metadata.row_group(group).column(at).statistics
            if statistics is not None and statistics.has_min_max:
                found += [_kst_date(statistics.min), _kst_date(statistics.max)]
        except (OverflowError, ValueError, pa.ArrowException):
            continue  # an instant that Python's calendar does not reach
    return tuple(found)


def _kst_date(moment: datetime) -> date:
    moment = moment.replace(tzinfo=None)
    return moment.date() if moment > datetime.max - KST else (moment + KST).date()
