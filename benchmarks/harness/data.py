"""Raw data of a size: written once into a folder that git ignores, then used again."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import click

from ott.sample.clock import day_number, season
from ott.sample.run import MARKER, Sample
from ott.sample.settings import SAMPLE_END, SAMPLE_START, Settings

BENCHMARKS = Path(__file__).resolve().parents[1]
DATA = BENCHMARKS / "data"
WORK = DATA / "work"
UNITS = {"": 1, "k": 1_000, "m": 1_000_000}
SCALE_DAYS = 90
PLAYS_PER_ACCOUNT = 50
INGEST_FOLDER = re.compile(r"ingest_date=([0-9-]{10})")


@dataclass(frozen=True)
class Raw:
    """A raw folder, its size, and its last day."""

    folder: Path
    plays: int
    run_date: date
    bytes: int


def number(text: str) -> int:
    """Return the number that a text such as 500k or 10M means.

    Raises:
        ValueError: the text is no such number.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([km]?)", text.strip().lower())
    if not match:
        raise ValueError(f"{text!r} is not a number such as 500k or 10M.")
    return round(float(match[1]) * UNITS[match[2]])


def amount(_context: click.Context, _option: click.Parameter, text: str) -> int:
    """Read an option's number such as 500k or 10M."""
    try:
        return number(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def short(plays: int) -> str:
    """Return a number as `number` reads it: 10M, 500k."""
    for unit, size in (("M", 1_000_000), ("k", 1_000)):
        if plays >= size:
            return f"{plays / size:.3f}".rstrip("0").rstrip(".") + unit
    return str(plays)


def settings_of_scale(
    plays: int, accounts: int | None = None, days: int = SCALE_DAYS
) -> Settings:
    """Return the settings of a sample of about so many plays in so many days."""
    last = SAMPLE_START + timedelta(days=days - 1)
    first = day_number(SAMPLE_START)
    average = plays / sum(season(day) for day in range(first, first + days))
    accounts = accounts or max(1, plays // PLAYS_PER_ACCOUNT)
    return Settings(SAMPLE_START, last, accounts, max(1, round(average)))


def settings_of_history(days: int, plays_per_day: int) -> Settings:
    """Return the settings of so many days of history; all end on the same day."""
    start = SAMPLE_END - timedelta(days=days - 1)
    accounts = max(1, plays_per_day * SCALE_DAYS // PLAYS_PER_ACCOUNT)
    return Settings(start, SAMPLE_END, accounts, plays_per_day)


def raw(name: str, settings: Settings) -> Raw:
    """Return the raw folder of a sample, which is written if it is not there."""
    folder = DATA / name
    marker = folder / MARKER
    if not marker.exists() or _parameters(marker) != settings.as_json():
        made = Sample(folder, settings)
        with click.progressbar(
            made.steps(), length=len(made.tasks), label=f"Writing {name}"
        ) as steps:
            for _ in steps:
                pass
    rows = json.loads(marker.read_text(encoding="utf-8"))["tables"]
    log = folder / "player" / "viewing_log"
    return Raw(
        folder=folder,
        plays=rows["player.viewing_log"]["rows"],
        run_date=settings.end,
        bytes=sum(path.stat().st_size for path in log.rglob("*.parquet")),
    )


def _parameters(marker: Path) -> dict[str, str | int]:
    found: dict[str, str | int] = json.loads(marker.read_text(encoding="utf-8"))[
        "parameters"
    ]
    return found


def link(source: Path, target: Path, arrived_before: date | None = None) -> None:
    """Link what is not there yet of a raw folder, at no cost in space.

    Args:
        source: raw folder.
        target: folder that takes the links.
        arrived_before: leaves out what arrived on this UTC date or later.
    """
    for path in _files(source, arrived_before):
        there = target / path.relative_to(source)
        if not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, there)


def _files(source: Path, arrived_before: date | None) -> Iterator[Path]:
    for path in sorted(source.rglob("*.parquet")):
        found = INGEST_FOLDER.search(str(path.relative_to(source)))
        is_late = arrived_before and found and found[1] >= arrived_before.isoformat()
        if not is_late:
            yield path
