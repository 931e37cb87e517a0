"""`ott check-raw`: each way a folder can be wrong is named, each odd one accepted."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

from ott.cli import main
from ott.contract import tables
from ott.raw_check import check_raw
from raw_folder import FIRST_DAY, LAST_DAY, play, write_file

PLAYS = "player.viewing_log"


def run(folder: Path) -> Result:
    result = CliRunner().invoke(main, ["check-raw", str(folder)])
    assert "Traceback" not in result.output
    return result


def the_error(folder: Path) -> str:
    """Return the only error of a folder, after checking how the command ends."""
    result = run(folder)
    assert result.exit_code == 1
    assert "The contract is not satisfied: 1 error." in result.output
    (error,) = re.findall(r"^error: (.*)$", result.output, re.MULTILINE)
    return error


def snapshot(folder: Path) -> dict[Path, bytes | None]:
    return {
        path: path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def test_a_valid_folder_satisfies_the_contract(tiny_raw: Path) -> None:
    before = snapshot(tiny_raw)
    result = run(tiny_raw)
    assert result.exit_code == 0
    assert "The contract is satisfied; 4 warnings." in result.output
    dates = r"2026-03-02 – 2026-03-03\s+2026-03-02 – 2026-03-03"
    assert re.search(rf"player\.viewing_log\s+2\s+3\s+{dates}\s+ok", result.output)
    assert re.search(r"catalog\.program\s+1\s+1\s+ok", result.output)
    assert snapshot(tiny_raw) == before


def test_the_folder_may_come_from_the_environment(
    tiny_raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTT_RAW_PATH", str(tiny_raw))
    result = CliRunner().invoke(main, ["check-raw"])
    assert result.exit_code == 0
    assert str(tiny_raw) in result.output


@pytest.mark.parametrize("system", ["crm", "search", "platform", "slack"])
def test_an_optional_system_may_be_absent(tiny_raw: Path, system: str) -> None:
    assert f"warning: {system}: not there, so it is not used." in run(tiny_raw).output


def test_one_absent_table_of_an_optional_system_is_named(tiny_raw: Path) -> None:
    write_file(tiny_raw, "crm.push_campaign", [{"campaign_id": "c"}])
    warnings = check_raw(tiny_raw).warnings
    assert "crm.push_event: not there, so it is not used." in warnings
    assert not any(text.startswith("crm:") for text in warnings)


def test_a_missing_raw_folder(tmp_path: Path) -> None:
    error = the_error(tmp_path / "nowhere")
    assert f"{tmp_path / 'nowhere'} does not exist" in error
    assert "ott sample --out DIR" in error


def test_a_raw_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("")
    assert "is a file, not a folder" in the_error(tmp_path / "raw")


def test_an_empty_raw_folder(tmp_path: Path) -> None:
    assert "holds no table of the contract" in the_error(tmp_path)


@pytest.mark.parametrize(
    "table",
    [str(table) for table in tables() if table.is_required],
)
def test_a_missing_table_of_a_required_system(tiny_raw: Path, table: str) -> None:
    folder = tiny_raw.joinpath(*table.split("."))
    shutil.rmtree(folder)
    error = the_error(tiny_raw)
    assert error.startswith(f"{table}: the folder {folder} is missing.")


def test_a_missing_column(tiny_raw: Path) -> None:
    path = write_file(
        tiny_raw, PLAYS, [play(LAST_DAY)], file="b.parquet", types={"charge_type": None}
    )
    error = the_error(tiny_raw)
    assert error.startswith(f"{PLAYS}: column charge_type is missing in {path};")
    assert "expected string" in error


def test_a_column_of_another_type_is_named_once_for_all_files(tiny_raw: Path) -> None:
    rows = [play(LAST_DAY, play_seconds="60")]
    wrong = {"play_seconds": pa.string()}
    path = write_file(tiny_raw, PLAYS, rows, file="b.parquet", types=wrong)
    write_file(tiny_raw, PLAYS, rows, file="c.parquet", types=wrong)
    error = the_error(tiny_raw)
    assert (
        f"column play_seconds is string in {path} and 1 more file; expected int64"
        in error
    )


@pytest.mark.parametrize(
    ("column", "type_"),
    [
        ("play_seconds", pa.uint64()),
        ("play_seconds", pa.float64()),
        ("started_at", pa.int64()),
        ("uno", pa.binary()),
        ("uno", pa.struct([("a", pa.string())])),
    ],
)
def test_types_that_lose_something_are_refused(
    tiny_raw: Path, column: str, type_: pa.DataType
) -> None:
    write_file(tiny_raw, PLAYS, [], "ingest_date=2026-03-01", types={column: type_})
    assert f"column {column} is {type_} in" in the_error(tiny_raw)


def test_a_later_file_of_a_wider_type_is_refused(tiny_raw: Path) -> None:
    early = write_file(
        tiny_raw,
        PLAYS,
        [play(date(2026, 3, 1))],
        types={"play_seconds": pa.int32()},
    )
    error = the_error(tiny_raw)
    assert "column play_seconds is int64 in" in error
    assert f"but int32 in {early}, the first file" in error


def test_a_later_file_of_a_narrower_type_is_accepted(tiny_raw: Path) -> None:
    write_file(
        tiny_raw,
        PLAYS,
        [play(date(2026, 3, 4))],
        types={"play_seconds": pa.int32()},
    )
    assert run(tiny_raw).exit_code == 0


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[: len(data) // 2], lambda data: b"", lambda data: b"no parquet"],
    ids=["cut", "empty", "other"],
)
def test_a_truncated_file_is_named(
    tiny_raw: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = write_file(tiny_raw, PLAYS, [play(LAST_DAY)], file="b.parquet")
    path.write_bytes(damage(path.read_bytes()))
    error = the_error(tiny_raw)
    assert f"{path} cannot be read as Parquet" in error
    assert "copy it again" in error


@pytest.mark.parametrize(
    "inside", ["", "ingest_date=2026-02-30", "ingest_date=20260303", "2026-03-03"]
)
def test_rows_of_a_log_outside_its_date_folders(tiny_raw: Path, inside: str) -> None:
    path = write_file(tiny_raw, PLAYS, [play(LAST_DAY)], inside, "b.parquet")
    error = the_error(tiny_raw)
    assert f"{path} lies in no valid folder ingest_date=YYYY-MM-DD" in error


def test_key_value_folders_must_be_the_same_for_all_files(tiny_raw: Path) -> None:
    inside = "ingest_date=2026-03-03/hour=07"
    path = write_file(tiny_raw, PLAYS, [play(LAST_DAY)], inside)
    assert f"{path} lies below the folders ingest_date/hour" in the_error(tiny_raw)


def test_an_empty_table_builds_with_a_warning(tiny_raw: Path) -> None:
    folder = tiny_raw / "player" / "viewing_log"
    shutil.rmtree(folder)
    folder.mkdir()
    result = run(tiny_raw)
    assert result.exit_code == 0
    assert f"{folder} holds no rows." in result.output
    assert "It builds, with empty marts." in result.output
    assert re.search(r"player\.viewing_log\s+0\s+0\s+empty", result.output)


def test_a_file_without_rows_outside_the_date_folders_is_no_error(
    tiny_raw: Path,
) -> None:
    write_file(tiny_raw, PLAYS, [], inside="")
    assert run(tiny_raw).exit_code == 0


def test_what_the_contract_does_not_know_is_ignored_aloud(tiny_raw: Path) -> None:
    rows = [play(FIRST_DAY)]
    write_file(tiny_raw, PLAYS, rows, file="b.parquet", types={"mood": pa.int8()})
    (tiny_raw / "weather").mkdir()
    (tiny_raw / "player" / "trailer_log").mkdir()
    warnings = check_raw(tiny_raw).warnings
    assert (
        f"{PLAYS}: columns that the contract does not know are ignored: mood."
        in warnings
    )
    assert f"{tiny_raw / 'weather'}: no system of the contract; ignored." in warnings
    assert any("trailer_log: no table of the contract" in text for text in warnings)


def test_event_dates_are_korean(tiny_raw: Path) -> None:
    late = play(LAST_DAY)
    late["started_at"] = late["started_at"].replace(hour=15)
    write_file(tiny_raw, PLAYS, [late], file="b.parquet")
    (one,) = [one for one in check_raw(tiny_raw).tables if str(one.table) == PLAYS]
    assert one.happened == (FIRST_DAY, date(2026, 3, 4))
    assert one.arrived == (FIRST_DAY, LAST_DAY)


def test_impossible_instants_do_not_blur_the_dates(tiny_raw: Path) -> None:
    far = play(LAST_DAY)
    far["started_at"] = far["started_at"].replace(year=9999, month=12, day=31, hour=23)
    write_file(tiny_raw, PLAYS, [far], file="b.parquet")
    old = play(LAST_DAY)
    old["started_at"] = old["started_at"].replace(year=1970)
    write_file(tiny_raw, PLAYS, [old], file="c.parquet")
    (one,) = [one for one in check_raw(tiny_raw).tables if str(one.table) == PLAYS]
    assert one.rows == 5
    assert one.happened == (FIRST_DAY, LAST_DAY)
