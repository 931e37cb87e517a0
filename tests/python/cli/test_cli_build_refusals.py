"""`ott build` refuses each bad input before it writes anything, and names it."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from refused import refusal

import ott.build
import ott.dbt_run
from ott.cli import main
from ott.environment import today_in_korea
from raw_folder import LAST_DAY, play, write_file

DAY = LAST_DAY.isoformat()

pytestmark = pytest.mark.usefixtures("environment")


def test_the_valid_environment_reaches_dbt() -> None:
    result = CliRunner().invoke(main, ["build"])
    assert str(result.exception) == "dbt was reached"


@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_pepper(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OTT_HASH_PEPPER")
    if value is not None:
        monkeypatch.setenv("OTT_HASH_PEPPER", value)
    message = refusal()
    assert "OTT_HASH_PEPPER is not set" in message
    assert "export OTT_HASH_PEPPER=" in message


def test_a_python_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 9, "final", 0))
    message = refusal()
    assert "This is Python 3.10.9" in message
    assert "needs Python 3.11 or newer" in message


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2026-02-30",
        "2026-02-31",
        "20260303",
        "2026-3-3",
        "03/03/2026",
        "2026-W10",
    ],
)
def test_a_malformed_run_date(text: str) -> None:
    message = refusal("--run-date", text)
    assert f"run_date is '{text}', which is no date. Write it as YYYY-MM-DD." in message


@pytest.mark.parametrize("days", [0, 1, 400])
def test_a_day_that_is_not_over_in_korea(days: int) -> None:
    day = today_in_korea() + timedelta(days=days)
    message = refusal("--run-date", str(day))
    assert f"run_date {day} is not over in Korea, where it is" in message


def test_the_run_date_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTT_RUN_DATE", "soon")
    assert "run_date is 'soon'" in refusal()


HOLD = (
    "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(flush=True); "
    "sys.stdin.read()"
)


@pytest.fixture
def locked(database: Path) -> Iterator[int]:
    """Let another process hold the database; give its number."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        yield holder.pid
        assert holder.stdin is not None
        holder.stdin.close()


def test_a_database_that_another_process_holds(locked: int, database: Path) -> None:
    message = refusal()
    assert f"The database {database} is in use by another program" in message
    assert f"process {locked}" in message


def test_a_database_in_use_is_named_by_sql_too(locked: int, database: Path) -> None:
    result = CliRunner().invoke(main, ["sql", "select 1"])
    assert result.exit_code == 1
    assert f"process {locked}" in result.stderr


def of_version(data: bytes, version: int) -> bytes:
    """Return a database file with another version, and its header's checksum."""
    header = data[8:12] + struct.pack("<Q", version) + data[20:4096]
    total = 5381
    for (word,) in struct.iter_unpack("<Q", header):
        total ^= word * 0xBF58476D1CE4E5B9 % 2**64
    return struct.pack("<Q", total) + header + data[4096:]


def test_the_header_that_is_changed_below_is_the_files_own(database: Path) -> None:
    data = database.read_bytes()
    (version,) = struct.unpack("<Q", data[12:20])
    assert of_version(data, version) == data


def test_a_database_of_another_duckdb_version(database: Path) -> None:
    database.write_bytes(of_version(database.read_bytes(), 1000))
    message = refusal()
    assert (
        f"The database {database} was written by another version of DuckDB" in message
    )
    assert f"this project uses {duckdb.__version__}" in message
    assert "OTT_DUCKDB_PATH" in message


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda data: b"", "is not a DuckDB database"),
        (lambda data: b"name,age\n" * 1000, "is not a DuckDB database"),
        (lambda data: data[:100] + b"x" + data[101:], "is damaged"),
    ],
    ids=["empty", "other", "damaged"],
)
def test_a_file_that_is_no_database(
    damage: Callable[[bytes], bytes], expected: str, database: Path
) -> None:
    database.write_bytes(damage(database.read_bytes()))
    message = refusal()
    assert f"{database} {expected}" in message
    assert "ove it away" in message


def test_a_database_that_is_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(tmp_path))
    assert f"The database {tmp_path} cannot be opened" in refusal()


def test_a_database_below_a_file(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(database / "deeper" / "a.duckdb"))
    result = CliRunner().invoke(main, ["build"])
    assert result.exit_code == 1
    assert f"{database} is a file, not a folder" in result.stderr


def test_a_folder_that_is_not_writable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(tmp_path / "new" / "a.duckdb"))
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    result = CliRunner().invoke(main, ["build"])
    assert result.exit_code == 1
    assert f"the folder {tmp_path} is not writable" in result.stderr
    assert not (tmp_path / "new").exists()


def test_a_missing_raw_folder(tmp_path: Path) -> None:
    message = refusal("--raw", str(tmp_path / "nowhere"))
    assert "Nothing was built." in message
    assert f"The raw folder {tmp_path / 'nowhere'} does not exist." in message


def test_the_problems_of_a_raw_folder_are_named(tiny_raw: Path) -> None:
    for number in range(12):
        path = write_file(
            tiny_raw, "player.viewing_log", [play(LAST_DAY)], "", f"{number}"
        )
        path.rename(path.with_suffix(".parquet")).write_bytes(b"PAR1")
    message = refusal()
    assert "The contract is not satisfied: 12 errors." in message
    assert message.count("cannot be read as Parquet") == 10
    assert f"and 2 more: ott check-raw {tiny_raw}" in message


@pytest.mark.parametrize(
    "arguments", [["--target", "prod"], ["--nonsense"], ["--run-date"]]
)
def test_a_wrong_option_is_a_usage_error(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["build", *arguments])
    assert result.exit_code == 2
    assert arguments[0] in result.stderr
    assert "Traceback" not in result.output


def test_an_interrupt_ends_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ott.build, "check_products", interrupt)
    result = CliRunner().invoke(main, ["build"])
    assert result.exit_code == 130
    assert result.stderr.strip() == "Stopped."
