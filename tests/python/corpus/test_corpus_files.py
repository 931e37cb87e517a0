"""Malformed files are refused before a build, by name, and nothing else stops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ott.contract import Table, tables
from ott.raw_check import check_raw
from raw_folder import schema_of, write_tiny_raw

WRONG = {
    "string": (pa.int64(), pa.float64(), pa.bool_(), pa.list_(pa.string())),
    "timestamp": (pa.string(), pa.int64(), pa.date32(), pa.float64()),
    "int64": (pa.string(), pa.float64(), pa.bool_(), pa.uint64()),
}
LOGS = [
    table
    for table in tables()
    if str(table) in ("player.viewing_log", "billing.subscription_event")
]


def retyped() -> Iterator[tuple[Table, str, pa.DataType]]:
    for table in LOGS:
        for column, kind in table.columns.items():
            if column != "ingest_date":
                yield from ((table, column, wrong) for wrong in WRONG[kind])


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_raw(tmp_path_factory.mktemp("files") / "raw")


def specimen(raw: Path, table: Table, schema: pa.Schema, rows: int = 1) -> Path:
    """A file beside sound ones, with a row of nulls."""
    folder = raw / table.system / table.name / "ingest_date=2026-03-02"
    path = folder / "specimen.parquet"
    columns = [pa.nulls(rows, field.type) for field in schema]
    pq.write_table(pa.table(columns, schema=schema), path)
    return path


def test_a_column_of_a_wrong_type_is_refused_by_name(raw: Path) -> None:
    tried = 0
    for table, column, wrong in retyped():
        schema = schema_of(table)
        position = schema.get_field_index(column)
        path = specimen(raw, table, schema.set(position, pa.field(column, wrong)))
        errors = check_raw(raw).errors
        path.unlink()
        assert len(errors) == 1, (column, wrong, errors)
        assert str(table) in errors[0], errors
        assert column in errors[0], errors
        tried += 1
    assert tried >= 90
    assert check_raw(raw).errors == []


def test_a_column_that_is_missing_is_refused_by_name(raw: Path) -> None:
    for table in LOGS:
        for column in schema_of(table).names:
            schema = schema_of(table)
            path = specimen(raw, table, schema.remove(schema.get_field_index(column)))
            errors = check_raw(raw).errors
            path.unlink()
            assert len(errors) == 1, (column, errors)
            assert column in errors[0], errors


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"PAR1", b"PAR1PAR1", b"\x00" * 4096, b"log_id,uno\n1,2\n"),
        *(b'{"log_id": "1"}', b"PK\x03\x04" + b"\x00" * 100, "파케이가 아님".encode()),
    ],
)
def test_a_file_that_is_no_parquet_is_refused_by_name(
    tmp_path: Path, content: bytes
) -> None:
    raw = write_tiny_raw(tmp_path / "raw")
    path = raw / "player/viewing_log/ingest_date=2026-03-02/specimen.parquet"
    path.write_bytes(content)
    (error,) = check_raw(raw).errors
    assert str(path) in error


def test_a_file_cut_at_any_length_is_refused(tmp_path: Path) -> None:
    raw = write_tiny_raw(tmp_path / "raw")
    whole = specimen(raw, LOGS[0], schema_of(LOGS[0])).read_bytes()
    path = raw / "player/viewing_log/ingest_date=2026-03-02/specimen.parquet"
    for length in range(0, len(whole), max(1, len(whole) // 40)):
        path.write_bytes(whole[:length])
        assert len(check_raw(raw).errors) == 1, length
