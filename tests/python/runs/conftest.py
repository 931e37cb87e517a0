"""A small warehouse built up to a day, to run `ott daily` on copies of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from ott.contract import PROJECT_DIR
from ott.sample.run import Sample
from ott.sample.settings import SAMPLE_END, Settings
from raw_folder import TEST_PEPPER

FIRST_DAY = SAMPLE_END - timedelta(days=24)
# The warehouse is built up to this day; later raw logs are there already.
BUILT_DAY = SAMPLE_END - timedelta(days=4)
NAME = "warehouse.duckdb"
# Code that makes a range of few plays go in several chunks.
SMALL_CHUNKS = "import ott.runs.days as days\ndays.CHUNK_ROWS = 300"


@dataclass(frozen=True)
class Warehouse:
    """A database of its own and the environment of `ott` for it."""

    database: Path
    raw: Path

    @property
    def environment(self) -> dict[str, str]:
        folder = self.database.parent
        return os.environ | {
            "OTT_DUCKDB_PATH": str(self.database),
            "OTT_RAW_PATH": str(self.raw),
            "OTT_HASH_PEPPER": TEST_PEPPER,
            "DBT_LOG_PATH": str(folder / "logs"),
            "DBT_TARGET_PATH": str(folder / "target"),
        }

    def start(self, *arguments: object, code: str = "") -> subprocess.Popen[str]:
        """Start `ott` with arguments; `code` runs before it in its process."""
        program = f"{code}\nfrom ott.cli import main\nmain(prog_name='ott')"
        return subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            env=self.environment,
            cwd=PROJECT_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def ott(self, *arguments: object, code: str = "") -> tuple[int, str]:
        """Run `ott`; return its exit code and all that it printed."""
        process = self.start(*arguments, code=code)
        output, _ = process.communicate(timeout=300)
        return process.returncode, output

    def run(self, *arguments: object, code: str = "") -> str:
        exit_code, output = self.ott(*arguments, code=code)
        assert exit_code == 0, output
        return output

    def rows(self) -> dict[str, tuple[int, int]]:
        """Return how many rows each relation that the project builds has, and the sum
        of their hashes: equal where the rows are equal, in whatever order."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            names = connection.execute(
                # the database is called as one of its schemas is
                "select table_catalog || '.' || table_schema || '.' || table_name "
                "from information_schema.tables where table_schema in "
                "('restricted', 'reference', 'warehouse', 'marts') "
                "and table_name not like 'stg_%' and table_name not like '%_judged' "
                # these tell of the runs themselves
                "and table_name not like '%data_quality%' "
                "and table_name != 'quality_checks_daily'"
            ).fetchall()
            return {
                name: connection.execute(
                    "select count(*), coalesce(sum(cast(hash(r) as hugeint)), 0) "
                    f"from {name} as r"
                ).fetchall()[0]
                for (name,) in names
            }

    def days(self) -> list[date]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return [
                day
                for (day,) in connection.execute(
                    "from warehouse.warehouse.int_reconciliation__built_days order by 1"
                ).fetchall()
            ]


@pytest.fixture(scope="session")
def built_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    folder = tmp_path_factory.mktemp("built")
    sample = Sample(folder / "raw", Settings(FIRST_DAY, SAMPLE_END, 400, 60), 1)
    for _ in sample.steps():
        pass
    warehouse = Warehouse(folder / NAME, folder / "raw")
    warehouse.run("build", "--run-date", BUILT_DAY)
    return warehouse


def copy_of(warehouse: Warehouse, folder: Path) -> Warehouse:
    """Copy a warehouse into a new folder, with what dbt has parsed."""
    folder.mkdir()
    shutil.copy(warehouse.database, folder / NAME)
    shutil.copytree(warehouse.database.parent / "target", folder / "target")
    return Warehouse(folder / NAME, warehouse.raw)


@pytest.fixture
def copy(built_warehouse: Warehouse, tmp_path: Path) -> Callable[[str], Warehouse]:
    """A function that returns a copy of the built warehouse in a folder of its own."""

    def make(name: str) -> Warehouse:
        return copy_of(built_warehouse, tmp_path / name)

    return make


@pytest.fixture
def warehouse(copy: Callable[[str], Warehouse]) -> Warehouse:
    return copy("own")
