"""What a command took is measured from outside, with its children."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from harness.data import link, number, short
from harness.measure import Limits, Run, run

MIB = 2**20
IN_A_CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}])"
HOLD = "import time; held = bytes({}); held = bytearray(held); time.sleep(0.3)"


def python(code: str, folder: Path, **limits: float) -> Run:
    return run([sys.executable, "-c", code], folder, limits=Limits(**limits))


def test_memory_and_cpu_of_children_count(tmp_path: Path) -> None:
    code = HOLD.format(100 * MIB) + "; sum(range(10**7))"
    done = python(IN_A_CHILD.format(code), tmp_path)
    assert done.failure == ""
    assert done.peak_mib > 100
    assert done.shared_once_mib > 100
    assert done.wall > 0.3
    assert done.cpu > 0.05


def test_a_command_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    code = IN_A_CHILD.format(HOLD.format(200 * MIB) + "; time.sleep(60)")
    done = python(code, tmp_path, memory=128 * MIB)
    assert done.failure == "needs more than 0.125 GiB"
    assert done.wall < 30


def test_a_command_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    code = IN_A_CHILD.format("import time; time.sleep(60)")
    assert python(code, tmp_path, seconds=0.6).failure == "takes more than 0.01 minutes"


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    failure = python("raise SystemExit('no such table')", tmp_path).failure
    assert failure == "failed with code 1: no such table"


@pytest.mark.parametrize(
    ("text", "plays"), [("500k", 500_000), ("1.5M", 1_500_000), ("10M", 10**7)]
)
def test_sizes_are_read_and_written_alike(text: str, plays: int) -> None:
    assert number(text) == plays
    assert short(plays) == text


def test_raw_files_are_linked_up_to_a_day(tmp_path: Path) -> None:
    raw, linked = tmp_path / "raw", tmp_path / "linked"
    names = ["catalog/content/a.parquet"]
    names += [f"player/log/ingest_date=2026-03-0{day}/a.parquet" for day in (1, 2)]
    for name in names:
        (raw / name).parent.mkdir(parents=True)
        (raw / name).touch()
    link(raw, linked, arrived_before=date(2026, 3, 2))
    assert _files(linked) == names[:2]
    link(raw, linked)
    assert _files(linked) == names


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.parquet"))
