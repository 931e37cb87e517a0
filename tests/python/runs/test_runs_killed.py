"""A run that is killed at any moment: the same command again ends as if undisturbed."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from runs.conftest import BUILT_DAY, FIRST_DAY, SMALL_CHUNKS, Warehouse, copy_of

DAY = timedelta(days=1)
DAILY = ("daily", "--date", str(BUILT_DAY + DAY), "--no-tests")
BACKFILL = ("daily", "--backfill", str(FIRST_DAY), str(BUILT_DAY), "--no-tests")

pytestmark = pytest.mark.runs

# in the middle of a chunk, and at its end
WATCHED = "OK created sql incremental model restricted.int_restricted__watched_plays"
COUNTED = "OK created sql incremental model warehouse.int_viewing__program_days"


def kill_when(warehouse: Warehouse, text: str, arguments: tuple[str, ...]) -> None:
    """Kill a run as soon as dbt has logged a text; fail if it never does."""
    log = warehouse.database.parent / "logs" / "dbt.log"
    log.unlink(missing_ok=True)
    process = warehouse.start(*arguments, code=SMALL_CHUNKS)
    until = time.monotonic() + 120
    while not (log.exists() and text in log.read_text(errors="replace")):
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < until
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def undisturbed(
    built_warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("undisturbed") / "own"
    warehouse = copy_of(built_warehouse, folder)
    warehouse.run(*DAILY)
    return warehouse.rows()


@pytest.mark.parametrize(
    "moment",
    [
        "OK created sql incremental model restricted.int_restricted__resent",
        "START sql incremental model restricted.int_restricted__watched_plays",
        "START sql incremental model warehouse.int_reconciliation__built_days",
    ],
)
def test_a_daily_run_that_was_killed_can_be_run_again(
    copy: Callable[[str], Warehouse], undisturbed: dict[str, object], moment: str
) -> None:
    warehouse = copy("killed")
    kill_when(warehouse, moment, DAILY)
    assert BUILT_DAY + DAY not in warehouse.days()
    warehouse.run(*DAILY)
    assert warehouse.rows() == undisturbed


def test_a_backfill_that_was_killed_between_chunks_can_be_run_again(
    copy: Callable[[str], Warehouse],
) -> None:
    warehouse, sound = copy("killed"), copy("sound").rows()
    kill_when(warehouse, WATCHED, BACKFILL)
    exit_code, output = warehouse.ott(*DAILY)
    assert exit_code == 1
    assert "their run was interrupted" in output or "holds no day yet" in output
    warehouse.run("build", "--run-date", BUILT_DAY)
    assert warehouse.rows() == sound


def test_a_build_that_was_killed_is_begun_again(
    copy: Callable[[str], Warehouse],
) -> None:
    warehouse, sound = copy("killed"), copy("sound").rows()
    build = ("build", "--run-date", str(BUILT_DAY))
    kill_when(warehouse, COUNTED, build)
    exit_code, output = warehouse.ott(*DAILY)
    assert exit_code == 1
    assert "last full build was interrupted" in output
    warehouse.run(*build)
    assert warehouse.rows() == sound
