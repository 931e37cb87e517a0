"""`ott check-raw` names what a build would not read, or could not."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from ott.cli import main
from ott.dbt_run import describe
from raw_folder import LAST_DAY, play, write_file

PLAYS = "player.viewing_log"
INSIDE = "player/viewing_log/ingest_date=2026-03-03"


def run(folder: Path, *options: str) -> Result:
    result = CliRunner().invoke(main, ["check-raw", str(folder), *options])
    assert "Traceback" not in result.output
    return result


def the_error(folder: Path, *options: str) -> str:
    """Return the only error of a folder, after checking how the command ends."""
    result = run(folder, *options)
    assert result.exit_code == 1
    (error,) = re.findall(r"^error: (.*)$", result.output, re.MULTILINE)
    return str(error)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("part-1.PARQUET", "Let the name end in .parquet, in lower case."),
        ("part-1.Parquet", "Let the name end in .parquet, in lower case."),
        ("part-1", "If it is Parquet, let its name end in .parquet;"),
        ("part-1.parquet.gz", "convert it to Parquet, or move it out"),
        ("part-1.csv", "convert it to Parquet, or move it out of the folder."),
        ("part-1.json", "convert it to Parquet, or move it out of the folder."),
    ],
)
@pytest.mark.parametrize("inside", [INSIDE, "catalog/program"])
def test_a_file_that_is_not_read(
    tiny_raw: Path, inside: str, name: str, advice: str
) -> None:
    path = tiny_raw / inside / name
    path.write_bytes(b"x")
    error = the_error(tiny_raw)
    assert f"{path} would not be read." in error
    assert advice in error


def test_files_that_are_not_read_make_one_error(tiny_raw: Path) -> None:
    for number in range(3):
        (tiny_raw / INSIDE / f"{number}.csv").write_text("")
    first = tiny_raw / INSIDE / "0.csv"
    assert f"{PLAYS}: {first} and 2 more files would not be read." in the_error(
        tiny_raw
    )


def test_a_table_of_other_files_alone_is_wrong(tiny_raw: Path) -> None:
    (path,) = (tiny_raw / "catalog" / "program").iterdir()
    path.rename(path.with_suffix(".csv"))
    assert f"{path.with_suffix('.csv')} would not be read" in the_error(tiny_raw)


@pytest.mark.parametrize(
    "name", ["_SUCCESS", ".part-0.parquet.crc", "_delta_log/00.json", ".git/HEAD"]
)
def test_what_is_hidden_is_no_error(tiny_raw: Path, name: str) -> None:
    path = tiny_raw / INSIDE / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("")
    (tiny_raw / "_sample.json").write_text("{}")
    assert run(tiny_raw).exit_code == 0


@pytest.mark.parametrize("name", ["ingest_date=2026-03-04", "gone.parquet"])
def test_a_link_that_is_not_followed(tiny_raw: Path, name: str) -> None:
    elsewhere = tiny_raw.parent / "elsewhere"
    if not name.startswith("gone"):
        elsewhere.mkdir()
    link = tiny_raw / "player" / "viewing_log" / name
    link.symlink_to(elsewhere)
    assert f"{link} is a link that is not followed." in the_error(tiny_raw)


def test_a_link_to_a_file_is_read(tiny_raw: Path) -> None:
    path = write_file(tiny_raw, PLAYS, [play(LAST_DAY, 9)], file="b.parquet")
    path.rename(tiny_raw.parent / "b.parquet")
    path.symlink_to(tiny_raw.parent / "b.parquet")
    result = run(tiny_raw)
    assert result.exit_code == 0
    assert re.search(r"player\.viewing_log\s+3\s+4\s", result.output)


def damage(path: Path) -> None:
    """Overwrite the first column of a file; its footer stays sound."""
    size = pq.read_metadata(path).row_group(0).column(0).total_compressed_size
    data = path.read_bytes()
    path.write_bytes(data[:4] + bytes(size) + data[4 + size :])


@pytest.mark.parametrize("table", ["player/viewing_log", "catalog/content"])
def test_a_file_damaged_inside_is_named_with_read(tiny_raw: Path, table: str) -> None:
    path = min((tiny_raw / table).rglob("*.parquet"))
    damage(path)
    assert run(tiny_raw).exit_code == 0
    error = the_error(tiny_raw, "--read")
    assert error.startswith(f"{table.replace('/', '.')}: {path} is damaged inside:")
    assert "Copy it again" in error


@pytest.mark.parametrize("name", ["raw", "it's", "[a]b*", "back\\slash"])
def test_a_sound_folder_is_sound_with_read(tiny_raw: Path, name: str) -> None:
    root = tiny_raw.rename(tiny_raw.with_name(name))
    write_file(root, "platform.jobs", [{"labels": [{"key": "k", "value": "v"}]}])
    result = run(root, "--read")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("status", "message", "is_hinted"),
    [
        ("error", "TProtocolException: Invalid data", True),
        ("error", "IO Error: Snappy decompression failure", True),
        ("error", "Invalid Error: ZSTD Decompression failure", True),
        ("error", "Don't know how to read a Parquet page", True),
        ("error", "Binder Error: no column of that name", False),
        ("warn", "Got 3 results of parquet", False),
    ],
)
def test_the_hint_of_a_failed_node(
    monkeypatch: pytest.MonkeyPatch, status: str, message: str, is_hinted: bool
) -> None:
    monkeypatch.setenv("OTT_RAW_PATH", "/my logs")
    node = SimpleNamespace(resource_type="model", name="m", original_file_path="m.sql")
    text = describe(SimpleNamespace(node=node, status=status, message=message))
    assert ("`ott check-raw '/my logs' --read` reads every row" in text) == is_hinted
