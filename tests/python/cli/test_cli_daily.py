"""What `ott daily` refuses before it writes anything."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pyarrow as pa
import pytest
from click.testing import CliRunner

import ott.runs.days
from ott.cli import main
from ott.dbt_run import describe
from ott.environment import today_in_korea
from ott.runs.daily import memory_for
from ott.runs.days import Days, ranges
from ott.runs.state import Built, check_gap
from raw_folder import FIRST_DAY, LAST_DAY, play, write_file

pytestmark = pytest.mark.usefixtures("environment")
NEXT = LAST_DAY + timedelta(days=1)


@pytest.fixture
def built(database: Path) -> Path:
    """Make the database hold the days before the last one."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema warehouse")
        connection.execute(
            "create table warehouse.int_reconciliation__built_days as "
            "select cast(unnest(generate_series(date '2026-02-01', "
            f"date '{FIRST_DAY}', interval 1 day)) as date) as built_date"
        )
    return database


def refused(*arguments: object, code: int = 1) -> str:
    result = CliRunner().invoke(main, ["daily", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result.output


def days_in(database: Path) -> int:
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "select count(*) from warehouse.int_reconciliation__built_days"
        ).fetchone()
    assert found
    return int(found[0])


def test_what_is_sound_reaches_dbt(built: Path) -> None:
    result = CliRunner().invoke(main, ["daily"])
    assert str(result.exception) == "dbt was reached"


def test_the_days_of_a_run_that_did_not_end_are_not_built(built: Path) -> None:
    before = days_in(built)
    CliRunner().invoke(main, ["daily"])
    # the window is the last day, not built yet, and three before it
    assert days_in(built) == before - 3


def test_start_after_end(built: Path) -> None:
    message = refused("--backfill", "2026-02-20", "2026-02-10")
    assert "begins on 2026-02-20, after its end, 2026-02-10" in message
    assert "Exchange the two" in message


def test_one_day_without_the_other(built: Path) -> None:
    assert "requires 2 arguments" in refused("--backfill", "2026-02-20", code=2)


def test_a_date_beside_a_backfill(built: Path) -> None:
    days = ("--backfill", "2026-02-20", "2026-02-21")
    assert "exclude each other" in refused("--date", LAST_DAY, *days, code=2)


def test_a_window_in_the_future(built: Path) -> None:
    today = today_in_korea()
    assert "is not over in Korea" in refused("--date", today)
    assert "is not over in Korea" in refused("--backfill", LAST_DAY, today)


def test_no_date_at_all(built: Path) -> None:
    assert "'02.03.2026', which is no date" in refused(
        "--backfill", "02.03.2026", LAST_DAY
    )


def test_a_window_before_the_data(built: Path) -> None:
    message = refused("--backfill", "2025-01-01", "2025-01-31")
    assert "2025-01-01 … 2025-01-31 lies before the first day" in message


@pytest.mark.parametrize("days", [-1, 6_000, "3", 1.5, True, None])
def test_a_lookback_that_is_no_number_of_days_of_the_history(
    built: Path, days: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    variables = {"lookback_days": days, "history_start_date": "2011-01-01"}
    monkeypatch.setattr(ott.runs.days, "project_variables", lambda: variables)
    message = refused()
    assert f"lookback_days is {days} in dbt_project.yml" in message
    assert "a whole number from 0 to 5540" in message


def test_a_gap_names_the_command_that_fills_it(built: Path) -> None:
    message = refused("--date", FIRST_DAY + timedelta(days=7))
    gap = FIRST_DAY + timedelta(days=1)
    assert f"ott daily --backfill {gap} 2026-03-05" in message
    assert days_in(built) == 30


def test_a_raw_column_that_is_new_is_noted(built: Path, tiny_raw: Path) -> None:
    write_file(
        tiny_raw,
        "player.viewing_log",
        [play(LAST_DAY, 1)],
        f"ingest_date={LAST_DAY}",
        "part-9.parquet",
        {"bitrate": pa.int64()},
    )
    result = CliRunner().invoke(main, ["daily"])
    assert str(result.exception) == "dbt was reached"
    assert "columns that the contract does not know are ignored: bitrate" in (
        result.output
    )


@pytest.mark.parametrize(
    ("types", "words"),
    [({"play_seconds": None}, "play_seconds"), ({"uno": pa.int64()}, "uno")],
)
def test_a_raw_column_that_is_lost_or_of_another_type_stops_the_run(
    built: Path, tiny_raw: Path, types: dict[str, pa.DataType | None], words: str
) -> None:
    before = built.read_bytes()
    write_file(
        tiny_raw,
        "player.viewing_log",
        [],
        f"ingest_date={LAST_DAY}",
        "part-9.parquet",
        types,
    )
    message = refused()
    assert "The contract is not satisfied" in message
    assert "part-9.parquet" in message
    assert words in message
    assert built.read_bytes() == before


def test_chunks_cover_a_range_once_and_hold_four_million_plays_or_a_day() -> None:
    first = date(2026, 1, 1)
    days = Days(first, date(2026, 1, 10))

    def chunks(*millions: float) -> list[str]:
        rows = {
            first + timedelta(days=number): round(each * 1e6)
            for number, each in enumerate(millions)
        }
        return [str(one) for one in days.chunks(rows)]

    assert chunks(0, 1, 2, 1, 9, 0, 0, 0.5) == [
        "2026-01-01 … 2026-01-04",
        "2026-01-05",
        "2026-01-06 … 2026-01-10",
    ]
    assert chunks(4) == chunks() == ["2026-01-01 … 2026-01-10"]
    # days without plays, as before the first log, make no chunk
    assert chunks(0, 0, 0, 0, 0, 0, 0, 4, 1) == [
        "2026-01-01 … 2026-01-08",
        "2026-01-09 … 2026-01-10",
    ]


def test_ranges_of_a_list_of_days() -> None:
    days = [date(2026, 1, day) for day in (1, 2, 4, 6, 7, 8)]
    assert [str(one) for one in ranges(days)] == [
        "2026-01-01 … 2026-01-02",
        "2026-01-04",
        "2026-01-06 … 2026-01-08",
    ]
    assert list(ranges([])) == []


def test_a_gap_that_the_run_itself_fills_is_none() -> None:
    whole = Days(date(2026, 1, 1), date(2026, 1, 31))
    missing = Days(date(2026, 1, 10), date(2026, 1, 12))
    check_gap(Built(whole, [missing]), Days(date(2026, 1, 9), date(2026, 1, 12)))
    with pytest.raises(Exception, match="ott daily --backfill 2026-01-10 2026-01-12"):
        check_gap(Built(whole, [missing]), Days(date(2026, 1, 11), date(2026, 1, 31)))


@pytest.mark.parametrize(
    ("megabytes", "memory"),
    [
        (None, "150MB"),
        (90, "150MB"),
        (150, "150MB"),
        (151, "151MB"),
        (999, "999MB"),
        (9_000, "1000MB"),
    ],
)
def test_a_daily_run_gets_as_much_memory_as_the_database_has(
    tmp_path: Path, megabytes: int | None, memory: str
) -> None:
    path = tmp_path / "sparse.duckdb"
    if megabytes is not None:
        with path.open("wb") as file:
            file.truncate(megabytes * 1_000_000)
    assert memory_for(path) == memory


def test_out_of_memory_says_which_variable_to_set() -> None:
    with (
        duckdb.connect(
            config={"memory_limit": "1MB", "temp_directory": ""}
        ) as database,
        pytest.raises(duckdb.OutOfMemoryException) as error,
    ):
        database.execute("select list(i) from range(10000000) r(i)")
    node = SimpleNamespace(
        resource_type="model", name="plays", compiled_path=None, original_file_path=None
    )
    result = SimpleNamespace(node=node, status="error", message=str(error.value))
    assert "set OTT_DUCKDB_MEMORY" in describe(result)
    result.message = "Parser Error"
    assert "OTT_DUCKDB_MEMORY" not in describe(result)
