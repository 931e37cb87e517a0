"""`ott daily` on a real warehouse: windows, gaps, backfills, one run at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from ott.runs.lock import only_run
from runs.conftest import BUILT_DAY, FIRST_DAY, SMALL_CHUNKS, Warehouse

DAY = timedelta(days=1)

pytestmark = pytest.mark.runs


def test_a_day_after_the_last_one_adds_it_and_shows_it(warehouse: Warehouse) -> None:
    output = warehouse.run("daily", "--date", BUILT_DAY + DAY)
    assert f"Paid on {BUILT_DAY + DAY}: subscribers " in output
    assert f"Built {BUILT_DAY - 2 * DAY} … {BUILT_DAY + DAY} in" in output
    assert warehouse.days()[-1] == BUILT_DAY + DAY


def test_daily_runs_end_where_a_full_build_does(
    copy: Callable[[str], Warehouse],
) -> None:
    daily, full = copy("daily"), copy("full")
    for number in range(1, 5):
        daily.run("daily", "--date", BUILT_DAY + number * DAY, "--no-tests")
    full.run("build", "--run-date", BUILT_DAY + 4 * DAY)
    assert daily.rows() == full.rows()


def test_a_build_in_chunks_ends_where_one_in_one_go_does(
    copy: Callable[[str], Warehouse],
) -> None:
    chunked, whole = copy("chunked"), copy("whole")
    output = chunked.run("build", "--run-date", BUILT_DAY, code=SMALL_CHUNKS)
    assert "chunks of days" in output
    assert chunked.rows() == whole.rows()


def test_a_gap_is_refused_and_the_command_named_fills_it(
    warehouse: Warehouse,
) -> None:
    before = warehouse.rows()
    # with three days of lookback, six days later leave two out; raw logs end before
    code = (
        "import ott.environment as e\nfrom datetime import date\n"
        f"e.today_in_korea = lambda: date.fromisoformat('{BUILT_DAY + 9 * DAY}')"
    )
    exit_code, output = warehouse.ott("daily", "--date", BUILT_DAY + 6 * DAY, code=code)
    assert exit_code == 1
    command = f"ott daily --backfill {BUILT_DAY + DAY} {BUILT_DAY + 2 * DAY}"
    assert "never built" in output
    assert command in output
    assert warehouse.rows() == before
    warehouse.run(*command.split()[1:])
    assert warehouse.days()[-1] == BUILT_DAY + 2 * DAY
    warehouse.run("daily", "--date", BUILT_DAY + 6 * DAY, code=code)


def test_a_backfill_in_chunks_of_what_is_sound_changes_nothing(
    warehouse: Warehouse,
) -> None:
    before = warehouse.rows()
    output = warehouse.run(
        "daily", "--backfill", FIRST_DAY, BUILT_DAY - DAY, code=SMALL_CHUNKS
    )
    assert "chunks of days" in output
    assert f"Rewrote {FIRST_DAY} … {BUILT_DAY - DAY} in" in output
    assert warehouse.rows() == before


def test_a_day_before_the_last_one_built_is_a_backfill(warehouse: Warehouse) -> None:
    earlier = BUILT_DAY - 5 * DAY
    exit_code, output = warehouse.ott("daily", "--date", earlier)
    assert exit_code == 1
    assert f"{earlier} lies before {BUILT_DAY}, the last day built" in output
    assert f"ott daily --backfill {earlier} {earlier}" in output


def test_a_window_before_the_data_is_refused(warehouse: Warehouse) -> None:
    exit_code, output = warehouse.ott("daily", "--backfill", "2024-01-01", "2024-01-02")
    assert exit_code == 1
    assert (
        "2024-01-01 … 2024-01-02 lies before the first day of the warehouse" in output
    )


def test_a_second_run_at_once_is_refused(warehouse: Warehouse) -> None:
    with only_run(warehouse.database):
        exit_code, output = warehouse.ott("daily", "--date", BUILT_DAY + DAY)
    assert exit_code == 1
    assert f"Another run is building {warehouse.database} (process " in output
    warehouse.run("daily", "--date", BUILT_DAY + DAY, "--no-tests")


def test_a_first_run_by_day_asks_for_a_build(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    nothing = Warehouse(tmp_path / "none" / "warehouse.duckdb", warehouse.raw)
    exit_code, output = nothing.ott("daily", "--date", BUILT_DAY)
    assert exit_code == 1
    assert "The warehouse holds no day yet" in output
    assert "Run `ott build` once" in output
    assert not nothing.database.exists()
