"""Which columns raw files had is kept: seen, merged over runs, told of BigQuery too."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from ott.build import raw_report
from ott.cli import main
from ott.errors import UserError
from ott.quality.columns import ABSENT, TABLE, columns_on_bigquery, keep_columns
from ott.quality.kept import kept_path
from ott.raw_check import check_raw
from raw_folder import FIRST_DAY, LAST_DAY, play, write_file

LOG = "player.viewing_log"


def seen(root: Path) -> dict[tuple[str, str], tuple[date, date, bool]]:
    (report,) = [one for one in check_raw(root).tables if str(one.table) == LOG]
    return spans(report.columns)


def spans(rows: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[date, date, bool]]:
    return {
        (row["column_name"], row["data_type"]): (
            row["first_seen_date"],
            row["last_seen_date"],
            row["is_expected"],
        )
        for row in rows
    }


def kept(database: Path) -> list[dict[str, Any]]:
    (path,) = (kept_path(database) / "quality" / TABLE).glob("*.parquet")
    return pq.read_table(path).to_pylist()


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    root = tmp_path / "raw"
    write_file(root, LOG, [play(FIRST_DAY)])
    return root


def test_a_column_has_the_dates_on_which_its_files_arrived(raw: Path) -> None:
    write_file(raw, LOG, [play(LAST_DAY)], types={"app_version": pa.large_string()})
    found = seen(raw)
    # all ways to store a text are one type; the date comes from the folder
    assert found["app_version", "string"] == (FIRST_DAY, LAST_DAY, True)
    assert "ingest_date" not in {name for name, _ in found}


def test_new_lost_and_retyped_columns_are_seen(raw: Path) -> None:
    changed = {"referrer": pa.string(), "device_id": None, "play_seconds": pa.string()}
    row = play(LAST_DAY, play_seconds="3600", referrer="push")
    write_file(raw, LOG, [row], types=changed)
    found = seen(raw)
    assert found["referrer", "string"] == (LAST_DAY, LAST_DAY, False)
    assert found["device_id", ABSENT] == (LAST_DAY, LAST_DAY, False)
    assert found["device_id", "string"] == (FIRST_DAY, FIRST_DAY, True)
    assert found["play_seconds", "string"] == (LAST_DAY, LAST_DAY, False)
    assert found["play_seconds", "int64"] == (FIRST_DAY, FIRST_DAY, True)


def test_a_column_without_a_value_says_no_type(raw: Path) -> None:
    row = play(LAST_DAY, app_version=None)
    write_file(raw, LOG, [row], types={"app_version": pa.null()})
    assert seen(raw)["app_version", "string"] == (FIRST_DAY, FIRST_DAY, True)
    assert ("app_version", "null") not in seen(raw)


def test_runs_add_to_what_was_seen_and_a_run_twice_adds_nothing(tmp_path: Path) -> None:
    database = tmp_path / "a.duckdb"

    def row(first: int, last: int, data_type: str = "string") -> dict[str, Any]:
        return {
            "system_name": "player",
            "table_name": "viewing_log",
            "column_name": "uno",
            "data_type": data_type,
            "contract_type": "string",
            "is_expected": data_type == "string",
            "first_seen_date": date(2026, 3, first),
            "last_seen_date": date(2026, 3, last),
        }

    for rows in ([row(3, 4)], [row(1, 2), row(5, 5, "int64")], [row(3, 4)]):
        keep_columns(rows, database)
    assert spans(kept(database)) == {
        ("uno", "string"): (date(2026, 3, 1), date(2026, 3, 4), True),
        ("uno", "int64"): (date(2026, 3, 5), date(2026, 3, 5), False),
    }


def test_a_run_that_refuses_the_files_writes_nothing(raw: Path, tmp_path: Path) -> None:
    row = play(LAST_DAY, play_seconds="3600")
    write_file(raw, LOG, [row], types={"play_seconds": pa.string()})
    database = tmp_path / "a.duckdb"
    with pytest.raises(UserError):
        raw_report(raw, database)
    assert not kept_path(database).exists()


def test_a_new_column_of_files_that_build_is_kept(
    tiny_raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTT_RAW_PATH", str(tiny_raw))
    row = play(LAST_DAY, 2, referrer="push")
    file = "part-new.parquet"
    write_file(tiny_raw, LOG, [row], file=file, types={"referrer": pa.string()})
    database = tmp_path / "a.duckdb"
    raw_report(tiny_raw, database)
    assert ("referrer", "string") in spans(kept(database))
    assert not database.exists()


def test_a_damaged_file_of_columns_is_named(tmp_path: Path) -> None:
    database = tmp_path / "a.duckdb"
    path = kept_path(database) / "quality" / TABLE / f"{TABLE}s.parquet"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no parquet")
    with pytest.raises(UserError, match="remove it to begin anew") as error:
        keep_columns([], database)
    assert str(path) in error.value.message


SOURCE = {
    "source_name": "player",
    "name": "viewing_log",
    "schema": "raw_player",
    "columns": {
        "uno": {"data_type": "string"},
        "play_seconds": {"data_type": "int64"},
        "device_id": {"data_type": "string"},
    },
}
FOUND = {
    "columns": {
        "uno": {"type": "STRING"},
        "play_seconds": {"type": "STRING"},
        "REFERRER": {"type": "STRING"},
    }
}


def test_the_catalog_of_bigquery_tells_the_same() -> None:
    sources = {
        "source.ott.player.viewing_log": SOURCE,
        "source.ott.kept": SOURCE | {"schema": "kept_quality"},
        "source.ott.not_there": SOURCE | {"name": "not_there"},
    }
    catalog = {"source.ott.player.viewing_log": FOUND, "source.ott.kept": FOUND}
    day = date(2026, 3, 2)
    found = spans(list(columns_on_bigquery(catalog, sources, day)))
    assert found == {
        ("uno", "string"): (day, day, True),
        ("play_seconds", "string"): (day, day, False),
        ("referrer", "string"): (day, day, False),
        ("device_id", ABSENT): (day, day, False),
    }


@pytest.mark.parametrize(("adapter", "files"), [("bigquery", 1), ("duckdb", 0)])
def test_keep_checks_keeps_the_columns_of_bigquery_alone(
    tmp_path: Path, adapter: str, files: int
) -> None:
    moment = "2026-03-02T01:00:00Z"
    results = {"metadata": {"invocation_id": "run", "generated_at": moment}}
    manifest = {
        "metadata": {"adapter_type": adapter},
        "nodes": {},
        "sources": {"source.ott.player.viewing_log": SOURCE},
    }
    catalog = {
        "metadata": {"generated_at": moment},
        "sources": {"source.ott.player.viewing_log": FOUND},
    }
    for name, content in (
        ("run_results", results | {"results": []}),
        ("manifest", manifest),
        ("catalog", catalog),
    ):
        (tmp_path / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    into = tmp_path / "kept"
    done = CliRunner().invoke(main, ["keep-checks", str(tmp_path), "--into", str(into)])
    assert done.exit_code == 0, done.output
    names = [path.name for path in into.rglob("raw_column/*.parquet")]
    assert names == ["columns-2026-03-02.parquet"] * files
