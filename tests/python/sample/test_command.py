"""The command `ott sample`: what it takes, and what it refuses to replace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ott.cli import main
from ott.sample import run
from ott.sample.run import MARKER
from ott.sample.settings import SAMPLE_ACCOUNTS, SAMPLE_END, SAMPLE_START

TINY = ("--accounts", "60", "--plays-per-day", "20")
DAYS = ("--start", "2025-06-02", "--end", "2025-06-03")


@pytest.fixture(autouse=True)
def _one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "usable_cores", lambda: 1)


def call(out: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["sample", "--out", str(out), *options])


@pytest.fixture
def written(tmp_path: Path) -> Path:
    out = tmp_path / "raw"
    assert call(out, *DAYS, *TINY).exit_code == 0
    return out


def content(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_summary_tells_what_was_written(tmp_path: Path) -> None:
    out = tmp_path / "raw"
    result = call(out, *DAYS, *TINY)
    assert result.exit_code == 0, result.output
    counts = json.loads((out / MARKER).read_text())["tables"].values()
    rows = sum(count["rows"] for count in counts)
    files = sum(count["files"] for count in counts)
    assert f"Wrote {rows:,} rows in {files:,} files to {out}" in result.stdout
    assert result.stdout.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["raw"]


def test_help_names_the_defaults() -> None:
    text = " ".join(CliRunner().invoke(main, ["sample", "--help"]).output.split())
    for default in (SAMPLE_START, SAMPLE_END, SAMPLE_ACCOUNTS, 900, 7):
        assert f"default: {default}" in text


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--start", "2025-06-03", "--end", "2025-06-02"), "--end"),
        (("--start", "2025-13-01"), "2025-13-01"),
        (("--start", "yesterday"), "yesterday"),
        (("--end", "2031-01-01"), "2031-01-01"),
        (("--start", "2019-01-01"), "2019-01-01"),
        (("--accounts", "-5"), "--accounts"),
        (("--accounts", "0"), "--accounts"),
        (("--plays-per-day", "-1"), "--plays-per-day"),
        (("--seed", "-1"), "--seed"),
        (("--seed", "seven"), "seven"),
    ],
)
def test_a_bad_option_is_named_and_nothing_is_written(
    tmp_path: Path, options: tuple[str, ...], named: str
) -> None:
    result = call(tmp_path / "raw", *options)
    assert result.exit_code != 0
    assert named in result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_the_same_sample_may_be_written_again(written: Path) -> None:
    before = content(written)
    assert call(written, *DAYS, *TINY).exit_code == 0
    assert content(written) == before


def test_a_sample_may_be_extended(written: Path) -> None:
    before = content(written)
    result = call(written, "--start", "2025-06-01", "--end", "2025-06-05", *TINY)
    assert result.exit_code == 0, result.output
    assert len(content(written)) > len(before)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ((*DAYS, *TINY, "--seed", "8"), "--seed 7"),
        ((*DAYS, *TINY[2:], "--accounts", "61"), "--accounts 60"),
        ((*DAYS, *TINY[:2], "--plays-per-day", "21"), "--plays-per-day 20"),
        (("--start", "2025-06-03", "--end", "2025-06-09", *TINY), "drop"),
    ],
)
def test_another_sample_is_not_replaced(
    written: Path, options: tuple[str, ...], named: str
) -> None:
    before = content(written)
    result = call(written, *options)
    assert result.exit_code == 1
    assert str(written) in result.stderr
    assert named in result.stderr
    assert content(written) == before


def test_other_data_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "player").mkdir()
    (tmp_path / "player" / "own.parquet").write_bytes(b"precious")
    result = call(tmp_path, *DAYS, *TINY)
    assert result.exit_code == 1
    assert str(tmp_path) in result.stderr
    assert "--out" in result.stderr
    assert list(content(tmp_path).values()) == [b"precious"]


def test_a_file_added_to_a_sample_is_not_replaced(written: Path) -> None:
    (written / "player" / "own.parquet").write_bytes(b"precious")
    before = content(written)
    result = call(written, *DAYS, *TINY)
    assert result.exit_code == 1
    assert "files" in result.stderr
    assert content(written) == before


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"parameters": {"start": 3}}'])
def test_a_marker_that_tells_nothing_is_no_marker(written: Path, text: str) -> None:
    (written / MARKER).write_text(text)
    assert call(written, *DAYS, *TINY).exit_code == 1


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    out = tmp_path / "raw"
    out.mkdir()
    assert call(out, *DAYS, *TINY).exit_code == 0
    assert (out / MARKER).exists()


def test_an_interrupted_run_leaves_the_folder_as_it_was(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(written)
    work, done = run.work, []

    def interrupted(*arguments: object) -> object:
        done.append(1)
        if len(done) > 20:
            raise KeyboardInterrupt
        return work(*arguments)

    monkeypatch.setattr(run, "work", interrupted)
    assert call(written, *DAYS, *TINY).exit_code != 0
    assert content(written) == before
    assert [path.name for path in written.parent.iterdir()] == ["raw"]


def test_the_remains_of_a_killed_run_are_cleared(written: Path) -> None:
    remains = written.with_name(".raw.partial")
    (remains / "player").mkdir(parents=True)
    (remains / MARKER).write_bytes((written / MARKER).read_bytes())
    assert call(written, *DAYS, *TINY).exit_code == 0
    assert not remains.exists()


def test_what_is_not_of_a_run_is_not_cleared(written: Path) -> None:
    other = written.with_name(".raw.partial")
    other.mkdir()
    (other / "own.txt").write_text("precious")
    result = call(written, *DAYS, *TINY)
    assert result.exit_code == 1
    assert str(other) in result.stderr
    assert (other / "own.txt").read_text() == "precious"
