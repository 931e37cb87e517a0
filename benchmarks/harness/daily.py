"""The daily run over growing histories, and a backfill against a full build."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from harness.contenders import clean_environment, told
from harness.data import (
    BENCHMARKS,
    SCALE_DAYS,
    WORK,
    Raw,
    link,
    raw,
    settings_of_history,
)
from harness.machine import OTT
from harness.measure import Limits, Run, run
from ott.errors import UserError
from ott.sample.settings import Settings

HISTORIES = (30, 90, 365, 1095)
SAMPLE = "sample"


class Place:
    """A folder in which `ott` runs on a database of its own."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.folder = WORK / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.raw = self.folder / "raw"
        self.database = self.folder / "bench.duckdb"
        self._kept = self.folder / "kept" / "bench.duckdb"
        self._limits = limits

    def ott(self, *arguments: object) -> Run:
        """Run `ott` and say what it took.

        Raises:
            UserError: it failed.
        """
        return self._run(OTT, arguments, {})

    def dbt(self, data: Raw, *arguments: object) -> Run:
        """Run dbt itself for the last day of raw data, and say what it took.

        Raises:
            UserError: it failed.
        """
        folder = str(BENCHMARKS.parent)
        return self._run(
            OTT.with_name("dbt"),
            (*arguments, "--project-dir", folder, "--profiles-dir", folder),
            {
                "OTT_RAW_PATH": str(data.folder),
                "OTT_RUN_DATE": data.run_date.isoformat(),
            },
        )

    def _run(
        self, program: Path, arguments: tuple[object, ...], variables: dict[str, str]
    ) -> Run:
        environment = clean_environment(self.folder) | {
            "OTT_DUCKDB_PATH": str(self.database),
            "OTT_HASH_PEPPER": "bench",
        }
        command = [program, *map(str, arguments)]
        done = run(command, self.folder, environment | variables, self._limits)
        name = program.name
        click.echo(f"{self.folder.name:<14} {name} {arguments[0]!s:<8} {told(done)}")
        if done.failure:
            words = " ".join(map(str, command[1:]))
            raise UserError(f"`{name} {words}` {done.failure}")
        return done

    def keep(self) -> None:
        """Keep the database as it is now, for `restore`."""
        self._kept.parent.mkdir()
        shutil.copyfile(self.database, self._kept)

    def restore(self) -> None:
        """Put back the database that was kept."""
        Path(f"{self.database}.wal").unlink(missing_ok=True)
        shutil.copyfile(self._kept, self.database)


def daily_runs(plays_per_day: int, rounds: int, limits: Limits) -> dict[str, Any]:
    """Build all days but the last, then run the last, in each round from there."""
    places: dict[str, tuple[Place, Raw]] = {}
    found: dict[str, Any] = {}
    for name in (*map(str, HISTORIES), SAMPLE):
        settings = (
            Settings()
            if name == SAMPLE
            else settings_of_history(int(name), plays_per_day)
        )
        data = raw(f"history-{name}", settings)
        place = Place(f"daily-{name}", limits)
        last = data.run_date
        link(data.folder, place.raw, arrived_before=last)
        day_before = last - timedelta(days=1)
        build = place.ott("build", "--raw", place.raw, "--run-date", day_before)
        place.keep()
        link(data.folder, place.raw)
        places[name] = place, data
        found[name] = {
            "days": (last - settings.start).days + 1,
            "plays": data.plays,
            "build": build.as_json(),
            "runs": [],
        }
    for _ in range(rounds):
        for name, (place, data) in places.items():
            place.restore()
            done = place.ott("daily", "--raw", place.raw, "--date", data.run_date)
            found[name]["runs"].append(done.as_json())
    for place, _ in places.values():
        shutil.rmtree(place.folder)
    return {"plays_per_day": plays_per_day, "histories": found}


def backfill(data: Raw, rounds: int, limits: Limits) -> dict[str, Any]:
    """Build everything, then compute all its days anew in chunks."""
    place = Place("backfill", limits)
    last = data.run_date
    first = last - timedelta(days=SCALE_DAYS - 1)
    builds, backfills = [], []
    for _ in range(rounds):
        place.database.unlink(missing_ok=True)
        full = place.ott("build", "--raw", data.folder, "--run-date", last)
        builds.append(full.as_json())
        days = ("--backfill", first, last)
        again = place.ott("daily", "--raw", data.folder, *days)
        backfills.append(again.as_json())
    shutil.rmtree(place.folder)
    return {"days": SCALE_DAYS, "build": builds, "backfill": backfills}
