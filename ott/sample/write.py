"""Columns of the contract as Arrow arrays, and Parquet files that appear whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ott import contract
from ott.sample.clock import day_date
from ott.sample.randomness import Array

NULL = np.iinfo(np.int64).min
ARROW_TYPES = {
    "string": pa.string(),
    "int64": pa.int64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "float64": pa.float64(),
}
_HEX = np.frombuffer(b"".join(b"%02x" % byte for byte in range(256)), np.uint16)


def arrow_type(text: str) -> pa.DataType:
    """Return the Arrow type of a BigQuery type of the contract, nested ones too."""
    outer, inner = contract.split_type(text)
    if outer == "array":
        return pa.list_(arrow_type(inner))
    if outer == "struct":
        pairs = contract.struct_fields(inner)
        return pa.struct([(name, arrow_type(type_)) for name, type_ in pairs])
    return ARROW_TYPES[outer]


@cache
def schema(name: str) -> pa.Schema:
    """Return the schema of the files of a raw table such as ``player.viewing_log``.

    ``ingest_date`` is not among the columns: the folder says it.
    """
    (table,) = (table for table in contract.tables() if str(table) == name)
    return pa.schema(
        (column, arrow_type(text))
        for column, text in table.columns.items()
        if not (table.is_log and column == "ingest_date")
    )


def table(name: str, columns: Mapping[str, Any]) -> pa.Table:
    """Make the Arrow table of a raw table from a sequence or array per column.

    A text column may be dictionary-encoded; Parquet then stores it as plain text.
    A column that is missing or not of the contract raises ``ValueError``.
    """
    wanted = schema(name)
    if set(columns) != set(wanted.names):
        wrong = set(columns) ^ set(wanted.names)
        raise ValueError(f"{name}: columns {sorted(wrong)} differ from the contract.")
    arrays = []
    for field in wanted:
        column = columns[field.name]
        if not isinstance(column, pa.Array | pa.ChunkedArray):
            column = pa.array(column, field.type)
        is_coded = pa.types.is_dictionary(column.type)
        if not is_coded and column.type != field.type:
            column = column.cast(field.type)
        arrays.append(column)
    return pa.table(arrays, names=wanted.names)


def table_of(name: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Make the Arrow table of a raw table from one mapping per row, or from none."""
    names = schema(name).names
    return table(name, {column: [row[column] for row in rows] for column in names})


def coded(codes: Array, values: Sequence[str | None] | pa.Array) -> pa.Array:
    """Return values[code] per row, dictionary-encoded; a negative code is null."""
    if not isinstance(values, pa.Array):
        # Parquet takes no null inside a dictionary, and a text twice leaves bytes of
        # chance at the dictionary's end.
        distinct = [value for value in dict.fromkeys(values) if value is not None]
        places = {value: place for place, value in enumerate(distinct)}
        moved = np.array([*(places.get(value, -1) for value in values), -1])
        codes = moved[np.maximum(codes, -1)]
        values = pa.array(distinct, pa.string())
    mask = codes < 0
    indices = pa.array(codes.astype(np.int32), mask=mask if mask.any() else None)
    return pa.DictionaryArray.from_arrays(indices, values)


def coded_by(keys: Array, size: int, spell: Any) -> pa.Array:
    """Return spell(key) per row, dictionary-encoded; a negative key is null.

    Keys are below ``size``; ``spell`` turns an array of distinct keys into texts.
    """
    seen = np.zeros(size + 1, bool)
    seen[keys] = True
    seen[size] = False
    places = np.cumsum(seen, dtype=np.int32) - 1
    codes = np.where(keys < 0, -1, places[keys])
    return coded(codes, spell(np.flatnonzero(seen)))


def integers(values: Array) -> pa.Array:
    """Return int64 values, ``NULL`` as null."""
    mask = values == NULL
    return pa.array(values, mask=mask if mask.any() else None)


def timestamps(micros: Array) -> pa.Array:
    """Return UTC instants from microseconds since 1970, ``NULL`` as null."""
    return integers(micros).cast(ARROW_TYPES["timestamp"])


def digits(numbers: Array, width: int, prefix: str = "") -> pa.Array:
    """Return a prefix and a number padded with zeros to a width."""
    letters = np.empty((len(numbers), len(prefix) + width), np.uint8)
    letters[:, : len(prefix)] = np.frombuffer(prefix.encode(), np.uint8)
    rest = numbers.astype(np.int64)
    for place in range(letters.shape[1] - 1, len(prefix) - 1, -1):
        letters[:, place] = 48 + rest % 10
        rest = rest // 10
    return _fixed(letters)


def hexadecimal(bits: Array, mask: Array | None = None) -> pa.Array:
    """Return 64 bits as 16 hexadecimal digits, null where the mask is true."""
    letters = _HEX[bits.astype(">u8").view(np.uint8)].view(np.uint8)
    return _fixed(letters.reshape(-1, 16), mask)


def _fixed(letters: Array, mask: Array | None = None) -> pa.Array:
    """Return a text per row of a matrix of ASCII letters."""
    rows, width = letters.shape
    offsets = np.arange(rows + 1, dtype=np.int32) * np.int32(width)
    valid = None
    if mask is not None and mask.any():
        valid = pa.array(~mask).buffers()[1]
    buffers = [
        valid,
        pa.py_buffer(offsets),
        pa.py_buffer(np.ascontiguousarray(letters)),
    ]
    return pa.Array.from_buffers(pa.string(), rows, buffers)


def write(root: Path, name: str, file: str, rows: Iterable[pa.Table] | pa.Table) -> int:
    """Write a file of a raw table and return its number of rows.

    ``file`` is relative to the table's folder. The rows of several tables become row
    groups, so that a long file needs no more memory than one of them. The file takes
    its name once it is whole.
    """
    system, _, entity = name.partition(".")
    path = root / system / entity / file
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    chunks = [rows] if isinstance(rows, pa.Table) else rows
    fields = schema(name)
    texts = [field.name for field in fields if field.type == pa.string()]
    keys = [text for text in texts if text in ("log_id", "event_id", "turn_id")]
    count = 0
    writer = None
    for chunk in chunks:
        if writer is None:
            writer = pq.ParquetWriter(
                partial,
                chunk.schema,
                compression="zstd",
                compression_level=1,
                use_dictionary=[text for text in texts if text not in keys] or False,
                # Those of texts prune nothing and cost a third of the time.
                write_statistics=[text for text in fields.names if text not in texts],
                # Without it Parquet says plain text and UTC, whatever Arrow held.
                store_schema=False,
            )
        writer.write_table(chunk)
        count += len(chunk)
    if writer is None:
        raise ValueError(f"{path}: a file needs at least one table, if an empty one.")
    writer.close()
    os.replace(partial, path)
    return count


def ingest_folder(utc_day: int | date) -> str:
    """Return the folder of a log's day of arrival, which is a UTC date."""
    day = utc_day if isinstance(utc_day, date) else day_date(utc_day)
    return f"ingest_date={day.isoformat()}"
