"""The files of a sample follow the raw contract."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ott import contract
from ott.sample.run import MARKER
from ott.sample.write import arrow_type

from .conftest import SMALL, Query

TABLES = contract.tables()
LOGS = [table for table in TABLES if table.is_log]


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_table_has_exactly_the_columns_of_the_contract(
    raw: Path, table: contract.Table
) -> None:
    expected = pa.schema(
        (name, arrow_type(text))
        for name, text in table.columns.items()
        if not (table.is_log and name == "ingest_date")
    )
    files = sorted((raw / table.system / table.name).rglob("*.parquet"))
    assert files
    for path in files:
        found = pq.read_schema(path)
        assert [(field.name, _plain(field.type)) for field in found] == [
            (field.name, _plain(field.type)) for field in expected
        ], path
        assert pq.read_metadata(path).num_rows > 0, path


def _plain(type_: pa.DataType) -> str:
    """Return a type's name whatever Parquet calls the elements of a list."""
    return str(type_).replace("element: ", "item: ")


@pytest.mark.parametrize("table", LOGS, ids=str)
def test_a_log_lies_in_the_folders_of_its_utc_dates(
    query: Query, table: contract.Table
) -> None:
    (counts,) = query(
        f"select count(*), count(ingested_at), count(*) filter "
        f"(cast(ingested_at at time zone 'UTC' as date) = ingest_date) from {table}"
    )
    rows, dated, right = counts
    assert rows > 0
    assert right == dated > 0.99 * rows


@pytest.mark.parametrize("table", LOGS, ids=str)
def test_a_folder_holds_few_files_and_nothing_else(
    raw: Path, table: contract.Table
) -> None:
    paths = [
        path for path in (raw / table.system / table.name).rglob("*") if path.is_file()
    ]
    assert {path.suffix for path in paths} == {".parquet"}
    per_folder = Counter(path.parent.name for path in paths)
    assert max(per_folder.values()) <= 3
    for name in per_folder:
        assert date.fromisoformat(name.removeprefix("ingest_date="))


def test_instants_are_microseconds_of_utc(raw: Path) -> None:
    path = next((raw / "player" / "viewing_log").rglob("plays-*.parquet"))
    column = pq.ParquetFile(path).schema.column(8)
    assert column.name == "started_at"
    described = json.loads(column.logical_type.to_json())
    assert described["isAdjustedToUTC"] is True
    assert described["timeUnit"] == "microseconds"


def test_plays_lie_within_the_days_asked_for(query: Query) -> None:
    # A re-sent play whose start moves may cross the edge by less than an hour.
    ((first, last),) = query(
        "select min(started_at + interval 9 hour), max(started_at + interval 9 hour) "
        "from player.viewing_log "
        "where started_at between '2011-01-01' and ingested_at + interval 10 minute"
    )
    ((days,),) = query(
        "select count(distinct cast(started_at + interval 9 hour as date)) "
        "from player.viewing_log "
        "where started_at between '2011-01-01' and ingested_at"
    )
    assert abs((first.date() - SMALL.start).days) <= 1
    assert abs((last.date() - SMALL.end).days) <= 1
    assert days >= (SMALL.end - SMALL.start).days + 1


def test_the_marker_tells_rows_and_files(raw: Path, query: Query) -> None:
    marked = json.loads((raw / MARKER).read_text(encoding="utf-8"))
    assert marked["parameters"] == SMALL.as_json()
    assert set(marked["tables"]) == {str(table) for table in TABLES}
    for name, counts in marked["tables"].items():
        assert query(f"select count(*) from {name}") == [(counts["rows"],)], name
        files = list((raw / name.replace(".", "/")).rglob("*.parquet"))
        assert len(files) == counts["files"], name


def test_keys_do_not_collide(query: Query) -> None:
    ((shared,),) = query(
        "select count(*) from (select log_id from player.viewing_log "
        "where log_id is not null and uno is not null group by log_id "
        "having count(distinct uno) > 1)"
    )
    assert shared == 0
