"""`ott docs`: the page tells nothing of this computer; nothing else is changed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

import ott.dbt_run
from ott.cli import main
from ott.contract import PROJECT_DIR
from ott.errors import UserError
from raw_folder import TEST_PEPPER


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Stand in for dbt: write a page, and keep the environment of each call."""
    calls: list[dict[str, str]] = []

    def write(command: list[str], target: str, label: str) -> None:
        assert command == ["docs", "generate", "--static"]
        calls.append(dict(os.environ))
        folder = Path(os.environ["DBT_TARGET_PATH"])
        with duckdb.connect(os.environ["OTT_DUCKDB_PATH"]) as connection:
            assert connection.execute("from kept").fetchall() == [(42,)]
            connection.execute("drop table kept")
        text = json.dumps({"root_path": str(PROJECT_DIR), "path": f"{folder}/x.sql"})
        folder.mkdir()
        (folder / "manifest.json").write_text(text)
        (folder / "catalog.json").write_text("{}")
        (folder / "static_index.html").write_text(f"<script>{text}</script>")

    monkeypatch.setattr(ott.dbt_run, "run_dbt", write)
    return calls


def test_the_page_is_made_from_a_copy(
    database: Path,
    tmp_path: Path,
    reached: list[dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(database))
    monkeypatch.setenv("OTT_HASH_PEPPER", TEST_PEPPER)
    before, environment = database.read_bytes(), dict(os.environ)
    out = tmp_path / "deeper" / "page.html"
    result = CliRunner().invoke(main, ["docs", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{out}\n"
    assert out.read_text() == (
        '<script>{"root_path": ".", "path": "./target/x.sql"}</script>'
    )
    assert database.read_bytes() == before
    assert dict(os.environ) == environment
    assert set(contents(tmp_path)) == {database, out}
    (call,) = reached
    assert Path(call["OTT_DUCKDB_PATH"]).name == database.name
    assert TEST_PEPPER not in call.values()
    assert not Path(call["OTT_DUCKDB_PATH"]).parent.parent.exists()


def test_without_a_database_nothing_is_made(
    tmp_path: Path, reached: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(tmp_path / "none.duckdb"))
    result = CliRunner().invoke(main, ["docs", "--out", str(tmp_path / "page.html")])
    assert result.exit_code == 1
    assert "There is no database" in result.stderr
    assert "Run `make build` first" in result.stderr
    assert reached == []
    assert list(tmp_path.iterdir()) == []


def test_a_database_in_use_is_named(
    database: Path, reached: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(database))
    with duckdb.connect(str(database)):
        result = CliRunner().invoke(main, ["docs"])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert f"The database {database} is in use" in result.stderr
    assert reached == []


def test_a_failure_leaves_the_page_as_it_was(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise UserError("dbt stopped")

    monkeypatch.setenv("OTT_DUCKDB_PATH", str(database))
    monkeypatch.setattr(ott.dbt_run, "run_dbt", fail)
    out = tmp_path / "page.html"
    out.write_text("old")
    assert CliRunner().invoke(main, ["docs", "--out", str(out)]).exit_code == 1
    assert out.read_text() == "old"


@pytest.mark.parametrize("out", ["kept.duckdb/page.html", ""])
def test_a_page_that_cannot_be_written(
    out: str,
    database: Path,
    tmp_path: Path,
    reached: list[dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(database))
    before = contents(tmp_path)
    result = CliRunner().invoke(main, ["docs", "--out", str(tmp_path / out)])
    assert result.exit_code in (1, 2)
    assert isinstance(result.exception, SystemExit)
    assert "--out" in result.stderr
    assert contents(tmp_path) == before


@pytest.mark.xdist_group("build")
def test_the_page_of_dbt_tells_nothing_of_this_computer(
    database: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    before = database.read_bytes()
    subprocess.run(
        [sys.executable, "-m", "ott", "docs", "--out", "page.html"],
        env=os.environ
        | {
            "OTT_DUCKDB_PATH": str(database),
            "OTT_HASH_PEPPER": TEST_PEPPER,
            "DBT_LOG_PATH": str(tmp_path / "logs"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "true",
        },
        cwd=tmp_path,
        check=True,
    )
    text = page.read_text(encoding="utf-8")
    assert database.read_bytes() == before
    assert str(PROJECT_DIR) not in text
    assert str(tmp_path) not in text
    assert "ott-docs-" not in text
    assert TEST_PEPPER not in text
    assert '"root_path": "."' in text
    assert re.findall(r'"send_anonymous_usage_stats": (\w+)', text) == ["false"]
    assert '"kept"."marts"."first_views_daily"' in text.replace("\\", "")
    assert set(contents(tmp_path)) == {database, page, tmp_path / "logs" / "dbt.log"}
