"""Fixtures of the command line: a database to keep, an environment that is valid."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import ott.build
import ott.dbt_run
from raw_folder import LAST_DAY, TEST_PEPPER

DAY = LAST_DAY.isoformat()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return a database that holds something worth keeping."""
    path = tmp_path / "kept.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table kept as select 42 as answer")
    return path


@pytest.fixture
def environment(
    database: Path, tiny_raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set a valid environment, in which dbt must never be reached."""

    def reached(*arguments: object) -> None:
        raise AssertionError("dbt was reached")

    monkeypatch.setattr(ott.dbt_run.Dbt, "_invoke", reached)
    monkeypatch.setenv("OTT_HASH_PEPPER", TEST_PEPPER)
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(database))
    monkeypatch.setenv("OTT_RAW_PATH", str(tiny_raw))
    monkeypatch.setenv("OTT_RUN_DATE", DAY)
