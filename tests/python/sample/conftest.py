"""Small samples, written once for all tests of the generator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from ott import contract
from ott.sample.run import Sample
from ott.sample.settings import Settings

SMALL = Settings(
    date(2026, 4, 6), date(2026, 4, 26), accounts=2_500, plays_per_day=1_500
)

Query = Callable[[str], list[tuple]]


def write_sample(
    out: Path, settings: Settings, processes: int = 1, start_method: str | None = None
) -> Sample:
    """Write a sample and return it once it is complete."""
    made = Sample(out, settings, processes, start_method)
    for _ in made.steps():
        pass
    return made


@pytest.fixture(scope="session")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw folder of the small sample."""
    out = tmp_path_factory.mktemp("sample") / "raw"
    write_sample(out, SMALL)
    return out


@pytest.fixture(scope="session")
def query(raw: Path) -> Query:
    """Runs SQL over the small sample, each table named as `player.viewing_log`."""
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    connection.execute("set threads = 1")
    for table in contract.tables():
        depth = "*/*" if table.is_log else "*"
        files = raw / table.system / table.name / f"{depth}.parquet"
        connection.execute(f"create schema if not exists {table.system}")
        connection.execute(
            f"create view {table} as from read_parquet('{files}', "
            f"hive_partitioning = {table.is_log})"
        )
    return lambda text: connection.execute(text).fetchall()
