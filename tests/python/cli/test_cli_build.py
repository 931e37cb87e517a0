"""`ott build` from a tiny raw folder to the printed result, with dbt."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from ott import dbt_run
from ott.cli import main
from raw_folder import (
    FIRST_DAY,
    LAST_DAY,
    TEST_PEPPER,
    play,
    write_file,
    write_tiny_raw,
)


@dataclass
class Work:
    """A folder in which builds run, apart from the project's own target folder."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "deeper" / "ott.duckdb"

    def build(self, raw: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "OTT_HASH_PEPPER": TEST_PEPPER,
            "OTT_DUCKDB_PATH": str(self.database),
            "DBT_TARGET_PATH": str(self.folder / "target"),
            "DBT_LOG_PATH": str(self.folder / "logs"),
        }
        return subprocess.run(
            [sys.executable, "-m", "ott", "build", "--raw", str(raw), *arguments],
            env=environment,
            capture_output=True,
            text=True,
            cwd=self.folder,
            check=False,
        )


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    return Work(tmp_path_factory.mktemp("work"))


@pytest.fixture(scope="module")
def built(
    work: Work, tmp_path_factory: pytest.TempPathFactory
) -> subprocess.CompletedProcess[str]:
    raw = write_tiny_raw(tmp_path_factory.mktemp("tiny") / "raw")
    result = work.build(raw, "--run-date", str(FIRST_DAY))
    assert result.returncode == 0, result.stdout + result.stderr
    return result


@pytest.mark.xdist_group("build")
def test_the_result_is_shown(built: subprocess.CompletedProcess[str]) -> None:
    lines = built.stdout.splitlines()
    table = lines.index("First View of 2026-03-02, all 1")
    assert re.fullmatch(r"rank  title +first views  week ago  change", lines[table + 1])
    assert re.fullmatch(r" +1  바다의 끝 +1 +0 +\+1", lines[table + 3])
    assert (
        "Paid on 2026-03-02: subscribers 1, paid users (lines) 1, equivalents 1.0."
        in lines
    )
    assert "player.viewing_log: 3 raw = 3 kept + 0 duplicate + 0 quarantined." in lines
    assert (
        "billing.subscription_event: 2 raw = 2 kept + 0 duplicate + 0 quarantined."
        in lines
    )
    assert any(
        re.fullmatch(r"Built in \d+ s: deeper/ott\.duckdb", line) for line in lines
    )
    following = lines[lines.index("Next:") + 1 :]
    assert len(following) == 3
    assert "warning: crm: not there, so it is not used." in built.stderr
    assert "Traceback" not in built.stdout + built.stderr


@pytest.mark.xdist_group("build")
def test_a_plain_client_reads_the_marts(
    built: subprocess.CompletedProcess[str], work: Work
) -> None:
    with duckdb.connect(str(work.database), read_only=True) as connection:
        marts = connection.execute(
            "select table_name, table_type from information_schema.tables "
            "where table_schema = 'marts'"
        ).fetchall()
        assert {"viewing_daily", "first_views_daily"} <= {name for name, _ in marts}
        for name, _ in marts:
            connection.execute(f"from marts.{name}").fetchall()


@pytest.mark.xdist_group("build")
def test_the_first_next_command_works(
    built: subprocess.CompletedProcess[str],
    work: Work,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(work.database))
    query = re.search(r'sql "(.*)"', built.stdout)
    assert query is not None
    result = CliRunner().invoke(main, ["sql", query.group(1)])
    assert result.exit_code == 0
    assert "2026-03-02" in result.output


@pytest.mark.xdist_group("build")
def test_a_log_gone_wrong_fails_before_any_mart_is_touched(
    built: subprocess.CompletedProcess[str], work: Work, tiny_raw: Path
) -> None:
    def views() -> list[tuple[object, ...]]:
        with duckdb.connect(str(work.database), read_only=True) as connection:
            return connection.execute(
                "select view_date, views, reported_seconds from marts.viewing_daily"
            ).fetchall()

    before = views()
    in_milliseconds = [play(LAST_DAY, n, play_seconds=3_600_000) for n in (1, 2)]
    write_file(tiny_raw, "player.viewing_log", in_milliseconds)
    result = work.build(tiny_raw, "--run-date", str(LAST_DAY))
    assert result.returncode == 1
    assert "quarantined_share_at_most" in result.stderr
    assert before
    assert views() == before


@pytest.mark.xdist_group("build")
def test_empty_logs_build_empty_marts_with_warnings(work: Work, tiny_raw: Path) -> None:
    for folder in (tiny_raw / "player", tiny_raw / "billing"):
        for path in folder.rglob("*.parquet"):
            path.unlink()
    result = work.build(tiny_raw, "--run-date", str(LAST_DAY))
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stderr.count("It builds, with empty marts.") == 2
    assert "warning: there is no play up to 2026-03-03." in result.stdout
    assert "No First Views on 2026-03-03." in result.stdout
    assert "nobody has paid up to that day." in result.stdout
    assert "player.viewing_log: 0 raw" in result.stdout


@pytest.mark.xdist_group("build")
def test_a_failure_of_dbt_is_named_and_ends_with_1(work: Work, tiny_raw: Path) -> None:
    # check-raw reads footers alone, so a file damaged inside is dbt's to find
    (path, _) = sorted((tiny_raw / "player").rglob("*.parquet"))
    data = path.read_bytes()
    path.write_bytes(data[:4] + bytes(len(data) // 4) + data[4 + len(data) // 4 :])
    result = work.build(tiny_raw, "--run-date", str(LAST_DAY))
    assert result.returncode == 1
    # the first model that reads its rows; those before it are views
    name = "int_restricted__account_hashes"
    assert f"error: model {name}: Runtime Error in model {name}" in result.stderr
    assert re.search(rf"its SQL: \S+/{name}\.sql", result.stderr)
    assert f"`ott check-raw {tiny_raw} --read` reads every row" in result.stderr
    assert re.search(r"Error: dbt: \d+ of \d+ nodes failed", result.stderr)
    log = work.folder / "logs" / "dbt.log"
    assert f"{log} holds every step" in result.stderr
    text = log.read_text(encoding="utf-8")
    assert name in text
    assert TEST_PEPPER not in text
    assert "First View" not in result.stdout
    assert "Traceback" not in result.stderr


def test_the_profile_is_made_from_its_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(dbt_run.PROJECT_DIR / "profiles.yml.example", tmp_path)
    monkeypatch.setattr(dbt_run, "PROJECT_DIR", tmp_path)
    profile = dbt_run.ensure_profiles()
    assert profile.read_text() == (tmp_path / "profiles.yml.example").read_text()
    profile.write_text("my own")
    assert dbt_run.ensure_profiles().read_text() == "my own"
