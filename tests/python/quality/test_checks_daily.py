"""What `ott build` keeps of its tests is told by `quality_checks_daily` at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ott.quality.kept import keep, kept_path
from ott.quality.results import TABLE
from raw_folder import FIRST_DAY, TEST_PEPPER, play, write_file, write_tiny_raw

# one worker, so that its builds are made once
pytestmark = pytest.mark.xdist_group("checks")


@dataclass
class Work:
    """A folder in which builds run."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "ott.duckdb"

    def build(self, raw: Path, *more: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "OTT_HASH_PEPPER": TEST_PEPPER,
            "OTT_DUCKDB_PATH": str(self.database),
            "DBT_TARGET_PATH": str(self.folder / "target"),
            "DBT_LOG_PATH": str(self.folder / "logs"),
        }
        command = ["build", "--raw", str(raw), "--run-date", str(FIRST_DAY), *more]
        return subprocess.run(
            [sys.executable, "-m", "ott", *command],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    """A build, another that fails, and one a year ago that only the files know."""
    work = Work(tmp_path_factory.mktemp("checks"))
    raw = write_tiny_raw(work.folder / "raw")
    first = work.build(raw)
    assert first.returncode == 0, first.stdout + first.stderr
    (row,) = work.rows(
        "select check_id from marts.quality_checks_daily "
        "where check_name = 'unique_int_content__programs_program_id'"
    )
    long_ago = datetime.now() - timedelta(days=365)
    old = {"check_id": row[0], "check_name": "old", "status": "fail", "failures": 1}
    root = kept_path(work.database)
    keep(root, TABLE, "old", [old | {"invocation_id": "old", "finished_at": long_ago}])
    shutil.rmtree(work.folder / "target")
    broken = [play(FIRST_DAY, 100 + number, play_seconds=-1) for number in range(20)]
    write_file(raw, "player.viewing_log", broken, file="broken.parquet")
    second = work.build(raw)
    assert second.returncode == 1, second.stdout + second.stderr
    return work


def test_a_failed_build_tells_which_check_failed(work: Work) -> None:
    failed = work.rows(
        "select model_name, failures, owner, days_failing, message "
        "from marts.quality_checks_daily "
        "where status = 'fail' and check_date >= current_date - 2"
    )
    said = "Got 1 result, configured to fail if != 0"
    assert failed == [
        ("int_restricted__viewing_logs_judged", 1, "data-platform", 1, said)
    ]


def test_what_a_failure_kept_from_running_is_skipped(work: Work) -> None:
    counts = dict(
        work.rows(
            "select status, count(*) from marts.quality_checks_daily "
            "where check_date >= current_date - 2 group by status"
        )
    )
    assert counts["skipped"] > 50
    assert counts["pass"] > 50


def test_results_of_a_year_ago_are_there_too(work: Work) -> None:
    ((first, days),) = work.rows(
        "select min(check_date), count(distinct check_date) "
        "from marts.quality_checks_daily"
    )
    assert first < date.today() - timedelta(days=300)
    assert days >= 2


def test_nothing_personal_is_kept(work: Work) -> None:
    files = [path for path in kept_path(work.database).rglob("*") if path.is_file()]
    assert len(files) >= 3
    columns = {
        row[0]
        for path in files
        for row in duckdb.sql(f"describe from '{path}'").fetchall()
    }
    assert not columns & {"uno", "profile_id", "device_id", "email", "phone"}


def test_the_times_of_the_run_are_those_of_the_build(work: Work) -> None:
    text = (work.folder / "target" / "run_results.json").read_text()
    assert "int_restricted__viewing_logs_judged" in text
