"""A sample of a seed, built by the project, and a copy with faults in its counts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
from harness.data import DATA

from ott.contract import PROJECT_DIR
from ott.errors import UserError
from ott.sample.settings import SAMPLE_END, SAMPLE_START

WORLDS = DATA / "quality"
# Thresholds are chosen on the tuning seeds; the reporting one is looked at then.
TUNING, REPORTING = (74, 75), 76
PLAYS_PER_DAY = 1_800
ACCOUNTS = 18_000
# The first weeks are learnt from; the last days leave room for what comes late.
FIRST_FAULT = SAMPLE_START + timedelta(days=84)
LAST_FAULT = SAMPLE_END - timedelta(days=7)
SEEDS = ("products", "incidents", "log_expectations", "holidays", "completeness_texts")
# What reads the counts; views among and after them follow by themselves.
JUDGES = (
    "int_viewing__overlap_baselines",
    "viewing_overlap_daily",
    "int_data_quality__series_days",
    "int_data_quality__teaching_days",
    "int_data_quality__expected_hours",
    "log_completeness_daily",
)


class World:
    """The database of a seed: as the sample is, or with faults planted."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.folder = WORLDS / str(seed)
        self.raw = self.folder / "raw"
        # of one name: the views in a database name it
        self.clean = self.folder / "clean" / "world.duckdb"
        self.planted = self.folder / "planted" / "world.duckdb"

    def build(self) -> None:
        """Write the sample and build what leads to the detectors, if need be."""
        if not self.raw.exists():
            size = ("--plays-per-day", PLAYS_PER_DAY, "--accounts", ACCOUNTS)
            _run("ott", "sample", "--out", self.raw, "--seed", self.seed, *size)
        built = self.folder / "built"
        if not built.exists():
            shutil.rmtree(self.clean.parent, ignore_errors=True)
            self.clean.parent.mkdir(parents=True)
            self._dbt(self.clean, "seed", "--select", *SEEDS)
            self._dbt(self.clean, "run", "--select", "+log_completeness_daily")
            built.touch()
        self.judge(self.clean)

    def copy(self) -> duckdb.DuckDBPyConnection:
        """Return a connection to a fresh copy, for faults to be planted."""
        shutil.rmtree(self.planted.parent, ignore_errors=True)
        self.planted.parent.mkdir(parents=True)
        shutil.copy(self.clean, self.planted)
        return duckdb.connect(str(self.planted))

    def judge(self, database: Path) -> None:
        """Let the project's models judge the counts of a database."""
        self._dbt(database, "seed", "--select", *SEEDS)
        self._dbt(database, "run", "--full-refresh", "--select", *JUDGES)

    def _dbt(self, database: Path, command: str, *arguments: str) -> None:
        places = {
            "OTT_RAW_PATH": self.raw,
            "OTT_DUCKDB_PATH": database,
            "OTT_HASH_PEPPER": "pepper-of-the-sample",
            "OTT_RUN_DATE": SAMPLE_END,
            "DBT_TARGET_PATH": self.folder / "target",
            "DBT_LOG_PATH": self.folder / "logs",
        }
        _run("dbt", "--quiet", command, *arguments, environment=places)


def _run(
    program: str, *arguments: object, environment: dict[str, object] | None = None
) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name(program), *map(str, arguments)],
        cwd=PROJECT_DIR,
        env=os.environ
        | {key: str(value) for key, value in (environment or {}).items()},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise UserError(f"{program} {arguments[0]} failed:\n{done.stdout}{done.stderr}")
