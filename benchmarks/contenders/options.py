"""What every contender is given on its command line."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path

CORE = ("viewing_daily", "paid_subscribers_daily", "first_views_daily")


@dataclass(frozen=True)
class Given:
    """The raw folder, the file to write and the last day to show."""

    raw: Path
    out: Path
    run_date: date
    marts: str
    database: Path | None


def parse(description: str | None, *, database: bool = False) -> Given:
    """Read the command line of a contender.

    Args:
        description: what `--help` says about it.
        database: whether it builds a DuckDB file first, which `--database` names.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--raw", type=Path, required=True, help="Raw folder.")
    parser.add_argument(
        "--out",
        type=Path,
        help="Parquet file for viewing_daily; other marts lie beside it by their name.",
    )
    parser.add_argument(
        "--run-date", type=date.fromisoformat, required=True, help="Last day to show."
    )
    parser.add_argument(
        "--marts",
        choices=["viewing", "all"],
        default="viewing",
        help="viewing_daily, or all three core marts (the project and the textbook).",
    )
    if database:
        parser.add_argument(
            "--database",
            type=Path,
            help="Build this DuckDB file and write no Parquet: what the clock is for.",
        )
    found = parser.parse_args()
    chosen = getattr(found, "database", None)
    if (found.out is None) == (chosen is None):
        parser.error("give --out" + (" or --database, not both" if database else ""))
    return Given(
        raw=found.raw.resolve(),
        out=(found.out or Path()).resolve(),
        run_date=found.run_date,
        marts=found.marts,
        database=chosen.resolve() if chosen else None,
    )
