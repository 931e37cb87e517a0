"""The smallest samples are whole, and no process outlives the one that began it."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ott import contract
from ott.raw_check import check_raw
from ott.sample.settings import Settings

from .conftest import write_sample


@pytest.mark.parametrize("day", [date(2023, 1, 2), date(2026, 3, 2)])
def test_every_table_has_a_file(tmp_path: Path, day: date) -> None:
    settings = Settings(day, day, accounts=1, plays_per_day=1)
    made = write_sample(tmp_path / "raw", settings)
    report = check_raw(tmp_path / "raw")
    assert report.errors == []
    assert all(one.is_there and one.files for one in report.tables)
    assert set(made.totals.files) == {str(table) for table in contract.tables()}
    (path,) = (tmp_path / "raw" / "player" / "viewing_log").rglob("*.parquet")
    assert path.parent.name == f"ingest_date={day}"
    # it counts its own files, so it may be written again
    write_sample(tmp_path / "raw", settings)


POOL = """
import multiprocessing, sys, time
from concurrent.futures import ProcessPoolExecutor
from ott.sample.run import start_worker
if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    pool = ProcessPoolExecutor(2, context, start_worker)
    for future in [pool.submit(time.sleep, 0.5) for _ in range(2)]:
        future.result()
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path, method: str) -> None:
    script = tmp_path / "pool.py"
    script.write_text(POOL)
    with subprocess.Popen(
        [sys.executable, str(script), method], stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        parent.send_signal(signal.SIGKILL)
        # the output ends once the last process that holds it has
        output, _ = parent.communicate(timeout=20)
    assert output == b""
