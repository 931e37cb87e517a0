"""What `check-raw` accepts the views read, value by value; the rest they cannot."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ott.contract import duckdb_type, tables
from ott.duckdb_plugin import create_raw_views
from ott.errors import UserError
from ott.raw_check import check_raw
from ott.raw_tables import find_files, select_sql
from raw_folder import (
    FIRST_DAY,
    LAST_DAY,
    play,
    table_named,
    write_file,
    write_tiny_raw,
)

PLAYS = "player.viewing_log"


def rows_of(root: Path, columns: str, name: str = PLAYS) -> list[tuple[Any, ...]]:
    """Check a raw folder and read columns of a table through its view."""
    assert check_raw(root).errors == []
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        query = select_sql(find_files(root, table_named(name)))
        return connection.execute(
            f"select {columns} from ({query}) order by all"
        ).fetchall()


def test_every_table_gives_the_types_of_the_contract_without_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTT_RAW_PATH", str(tmp_path))
    with duckdb.connect() as connection:
        create_raw_views(connection)
        for table in tables():
            relation = connection.sql(f"from {table.schema}.{table.name}")
            assert relation.columns == list(table.columns)
            wanted = [duckdb_type(type_) for type_ in table.columns.values()]
            cast = ", ".join(f"null::{type_} as c{i}" for i, type_ in enumerate(wanted))
            assert relation.types == connection.sql(f"select {cast}").types
            assert relation.fetchall() == []


def test_every_table_is_read_from_a_file(tmp_path: Path) -> None:
    for table in tables():
        inside = "ingest_date=2026-03-02" if table.is_log else ""
        path = write_file(tmp_path, str(table), [], inside)
        names = pq.read_schema(path).names
        pq.write_table(
            pa.table(
                [pa.nulls(1, pq.read_schema(path).field(n).type) for n in names], names
            ),
            path,
        )
        (row,) = rows_with_required_tables(tmp_path, str(table))
        wanted = [date(2026, 3, 2)] if table.is_log else []
        assert [value for value in row if value is not None] == wanted


def rows_with_required_tables(root: Path, name: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        query = select_sql(find_files(root, table_named(name)))
        return connection.execute(query).fetchall()


def test_files_at_any_depth_with_columns_in_any_order(tiny_raw: Path) -> None:
    path = write_file(
        tiny_raw, PLAYS, [play(LAST_DAY, 7)], "2026/deep er/ingest_date=2026-03-05/x'y"
    )
    table = pq.read_table(path)
    pq.write_table(table.select(table.column_names[::-1]), path)
    assert ("u7", date(2026, 3, 5)) in rows_of(tiny_raw, "uno, ingest_date")


def test_instants_with_and_without_a_zone_mark_are_the_same(tiny_raw: Path) -> None:
    marks = [None, "UTC", "Asia/Seoul"]
    for number, mark in enumerate(marks, start=10):
        write_file(
            tiny_raw,
            PLAYS,
            [play(LAST_DAY, number)],
            file=f"{number}.parquet",
            types={"started_at": pa.timestamp("us", mark)},
        )
    starts = {row[1] for row in rows_of(tiny_raw, "uno, started_at") if row[0] > "u09"}
    assert starts <= {datetime(2026, 3, 3, 3), datetime(2026, 3, 2, 3)}
    assert len(rows_of(tiny_raw, "uno")) == 6


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "UTC", "Asia/Seoul"])
def test_every_unit_of_an_instant(tiny_raw: Path, unit: str, zone: str | None) -> None:
    types = {"started_at": pa.timestamp(unit, zone)}
    write_file(tiny_raw, PLAYS, [play(LAST_DAY, 9)], file="z.parquet", types=types)
    starts = rows_of(tiny_raw, "started_at, uno")
    assert (datetime(2026, 3, 3, 3), "u9") in starts


@pytest.mark.parametrize(
    ("column", "type_", "value"),
    [
        ("uno", pa.large_string(), "u9"),
        ("uno", pa.string_view(), "u9"),
        ("uno", pa.dictionary(pa.int32(), pa.string()), "u9"),
        ("uno", pa.null(), None),
        ("play_seconds", pa.int8(), 100),
        ("play_seconds", pa.uint32(), 2**32 - 1),
        ("play_seconds", pa.null(), None),
        ("started_at", pa.null(), None),
    ],
)
def test_lossless_types(
    tiny_raw: Path, column: str, type_: pa.DataType, value: Any
) -> None:
    row = play(LAST_DAY, 9) | {column: value, "log_id": "odd"}
    write_file(tiny_raw, PLAYS, [row], file="z.parquet", types={column: type_})
    assert ("odd", value) in rows_of(tiny_raw, f"log_id, {column}")


@pytest.mark.parametrize("type_", [pa.date32(), pa.date64()])
def test_both_types_of_a_date(tiny_raw: Path, type_: pa.DataType) -> None:
    rows = [{"uno": "u9", "birth_date": date(1990, 2, 3)}]
    types = {"birth_date": type_}
    write_file(tiny_raw, "member.account", rows, "", "z.parquet", types)
    found = rows_of(tiny_raw, "uno, birth_date", "member.account")
    assert ("u9", date(1990, 2, 3)) in found


def test_int96_instants_are_read(tiny_raw: Path) -> None:
    path = write_file(tiny_raw, PLAYS, [play(date(2026, 3, 1), 9)])
    pq.write_table(pq.read_table(path), path, use_deprecated_int96_timestamps=True)
    assert (datetime(2026, 3, 1, 3), "u9") in rows_of(tiny_raw, "started_at, uno")


def test_nested_columns_are_matched_by_the_names_of_their_fields(
    tiny_raw: Path,
) -> None:
    labels = pa.list_(pa.struct([("value", pa.string()), ("key", pa.string())]))
    error = pa.struct(
        [("location", pa.string()), ("message", pa.string()), ("reason", pa.string())]
    )
    rows = [
        {
            "job_id": "j1",
            "labels": [{"key": "team", "value": "dw"}],
            "error_result": {"reason": "stopped", "message": "m", "location": "l"},
        }
    ]
    types = {"labels": labels, "error_result": error}
    write_file(tiny_raw, "platform.jobs", rows, "", types=types)
    write_file(
        tiny_raw,
        "platform.jobs",
        [{"job_id": "j2", "labels": [{"key": "k", "value": "v"}]}],
        "deeper",
    )
    found = rows_of(tiny_raw, "job_id, labels, error_result", "platform.jobs")
    assert found == [
        ("j1", [{"key": "team", "value": "dw"}], {"reason": "stopped", "message": "m"}),
        ("j2", [{"key": "k", "value": "v"}], None),
    ]


def test_extra_columns_in_some_files_change_nothing(tiny_raw: Path) -> None:
    before = rows_of(tiny_raw, "*")
    rows = [play(LAST_DAY, 9) | {"mood": "good"}]
    write_file(tiny_raw, PLAYS, rows, file="z.parquet", types={"mood": pa.string()})
    after = rows_of(tiny_raw, "*")
    assert [row for row in after if row[1] != "u9"] == before
    assert len(after) == len(before) + 1


def test_an_ingest_date_in_the_file_gives_way_to_the_folder(tiny_raw: Path) -> None:
    rows = [play(LAST_DAY, 9) | {"ingest_date": "long ago"}]
    types = {"ingest_date": pa.string()}
    write_file(tiny_raw, PLAYS, rows, file="z.parquet", types=types)
    assert ("u9", LAST_DAY) in rows_of(tiny_raw, "uno, ingest_date")


def test_a_file_without_rows_may_lie_beside_the_date_folders(tiny_raw: Path) -> None:
    before = rows_of(tiny_raw, "*")
    write_file(tiny_raw, PLAYS, [], inside="")
    write_file(tiny_raw, PLAYS, [], inside="ingest_date=never")
    assert rows_of(tiny_raw, "*") == before


def test_rows_beside_the_date_folders_are_an_error(tiny_raw: Path) -> None:
    path = write_file(tiny_raw, PLAYS, [play(LAST_DAY)], inside="")
    with pytest.raises(UserError, match=r"ingest_date=YYYY-MM-DD") as caught:
        select_sql(find_files(tiny_raw, table_named(PLAYS)))
    assert str(path) in caught.value.message


@pytest.mark.parametrize(
    "name",
    [
        "with space",
        "it's",
        "[a]b",
        "star*",
        "what?",
        "back\\slash",
        "year=2024",
        "한글",
    ],
)
def test_any_name_of_the_raw_folder(tmp_path: Path, name: str) -> None:
    root = write_tiny_raw(tmp_path / name)
    write_tiny_raw(tmp_path / "starry")
    write_tiny_raw(tmp_path / "b")
    assert len(rows_of(root, "*")) == 3
    assert len(rows_of(root, "*", "catalog.program")) == 1


def test_a_folder_named_like_a_file_is_searched(tiny_raw: Path) -> None:
    rows = [play(LAST_DAY, 9)]
    write_file(tiny_raw, PLAYS, rows, "ingest_date=2026-03-03/spark.parquet")
    assert ("u9",) in rows_of(tiny_raw, "uno")


@pytest.mark.parametrize("name", ["plain", "[odd]", "back\\slash"])
def test_files_are_listed_in_the_order_they_are_read(tmp_path: Path, name: str) -> None:
    root = tmp_path / name
    for inside in ["a/z", "a-b", "a/b/c", "B", "", "_h", ".h", "한"]:
        write_file(root, "catalog.program", [{"program_id": inside}], inside)
    found = find_files(root, table_named("catalog.program"))
    with duckdb.connect() as connection:
        read = connection.execute(select_sql(found)).fetchall()
    listed = [str(path.parent.relative_to(found.folder)) for path in found.files]
    assert [row[0] or "." for row in read] == listed
    assert len(listed) == 8


def test_an_instant_that_no_row_has_is_null(tiny_raw: Path) -> None:
    row = {"uno": "u1", "updated_at": datetime(2026, 1, 1)}
    write_file(tiny_raw, "member.account", [row], types={"withdrawn_at": pa.null()})
    assert rows_of(tiny_raw, "withdrawn_at", "member.account") == [(None,)]


def refused_but_read(
    root: Path, first: pa.DataType, later: pa.DataType, value: Any
) -> list[tuple[Any, ...]]:
    """Return what DuckDB makes of two files whose types `check-raw` refuses."""
    name = "play_seconds" if pa.types.is_integer(first) else "started_at"
    shutil.rmtree(root / "player")
    before = play(FIRST_DAY) | ({name: None} if pa.types.is_null(first) else {})
    write_file(root, PLAYS, [before], types={name: first})
    write_file(root, PLAYS, [play(LAST_DAY) | {name: value}], types={name: later})
    assert len(check_raw(root).errors) == 1
    with duckdb.connect() as connection:
        query = select_sql(find_files(root, table_named(PLAYS)))
        return connection.execute(f"select {name} from ({query})").fetchall()


@pytest.mark.parametrize(
    ("first", "later", "value"),
    [
        (pa.int32(), pa.int64(), 2**40),
        (pa.int16(), pa.uint16(), 2**16 - 1),
        (pa.null(), pa.timestamp("us"), datetime(2026, 3, 3)),
        (pa.timestamp("ns"), pa.timestamp("us"), datetime(9999, 12, 31)),
    ],
    ids=str,
)
def test_what_is_refused_between_files_duckdb_cannot_read(
    tiny_raw: Path, first: pa.DataType, later: pa.DataType, value: Any
) -> None:
    with pytest.raises(duckdb.ConversionException):
        refused_but_read(tiny_raw, first, later, value)
