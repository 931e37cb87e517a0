"""The command `ott build`: checks, dbt on DuckDB, and the day's result."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

import click

from ott.database import check_database
from ott.environment import check_python, closed_day, duckdb_path, pepper
from ott.errors import UserError
from ott.quality.columns import keep_columns
from ott.raw_check import RawReport
from ott.raw_check_command import check_with_bar, verdict
from ott.raw_tables import raw_path
from ott.runs.days import Days
from ott.runs.lock import only_run
from ott.runs.run import Plan, Tests, run
from ott.runs.state import begin
from ott.seed_check import check_products
from ott.variables import history_start

# The log whose rows decide how many days a run takes at once.
PLAYS = "player.viewing_log"
# So many problems of a raw folder are named; `ott check-raw` names them all.
PROBLEMS_SHOWN = 10


@click.command()
@click.option(
    "--raw",
    "raw",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Raw folder; else the one that OTT_RAW_PATH names, else data/raw.",
)
@click.option(
    "--run-date",
    "run_date",
    metavar="YYYY-MM-DD",
    envvar="OTT_RUN_DATE",
    help="Last day to show, over in Korea; else OTT_RUN_DATE, else yesterday there.",
)
@click.option(
    "--target",
    type=click.Choice(["dev", "ci"]),
    default="dev",
    show_default=True,
    help="DuckDB target of profiles.yml.",
)
@click.option(
    "--select",
    metavar="MODELS",
    help="Only these models, as dbt selects them: '+viewing_daily'. No summary then.",
)
@click.option(
    "--no-tests", "skips_tests", is_flag=True, help="Leave the data tests out."
)
def build(
    raw: Path | None,
    run_date: str | None,
    target: str,
    select: str | None,
    skips_tests: bool,
) -> None:
    """Build every model from the raw logs, test them and show the day's result.

    Before anything is written, the environment, the product list, the database file and
    the raw folder are checked. Account numbers are hashed with OTT_HASH_PEPPER; the
    database is the file that OTT_DUCKDB_PATH names, else data/ott.duckdb.
    """
    started = time.monotonic()
    day = closed_day(run_date)
    database = prepare(target)
    report = raw_report(raw, database)
    with only_run(database):
        begin(database, None)
        chunks = full_chunks(report, day)
        tests: Tests = "none" if skips_tests else "all"
        plan = Plan(day, None, chunks, is_full=True, tests=tests)
        run(plan, target, database, f"Building {shown(database)}", select)

    if not select:
        from ott.summary import summarize

        click.echo(summarize(database, day, first_arrival(report)))
    click.echo(f"\nBuilt in {time.monotonic() - started:.0f} s: {shown(database)}")
    click.echo(next_steps())


def prepare(target: str) -> Path:
    """Check all that a run needs beside the raw logs; return the database file.

    Raises:
        UserError: Python, the pepper, the product list or the database will not do.
    """
    check_python()
    pepper()
    check_products()
    database = duckdb_path(target)
    check_database(database)
    return database


def raw_report(
    raw: Path | None, database: Path, since: date | None = None
) -> RawReport:
    """Check the raw folder and make it that of the run.

    Which columns its files have is kept beside the database, so that a change has a
    date; of a folder that is refused nothing is written, the error names its files.

    Args:
        raw: the folder; else the one that the environment names.
        database: the DuckDB file of the run.
        since: leave out files of logs that arrived before it.

    Raises:
        UserError: the raw folder does not satisfy the contract.
    """
    report = check_with_bar(raw.resolve() if raw else raw_path(), since=since)
    show_raw_report(report)
    keep_columns((row for one in report.tables for row in one.columns), database)
    os.environ["OTT_RAW_PATH"] = str(report.root)
    return report


def plays_by_arrival(report: RawReport) -> Counter[date]:
    """Return how many rows of the viewing log arrived on each date."""
    for one in report.tables:
        if str(one.table) == PLAYS:
            return one.rows_by_arrival
    return Counter()


def full_chunks(report: RawReport, run_date: date) -> list[Days]:
    """Return the chunks of a full build, the first one from the start of history on."""
    start = history_start()
    if run_date < start:
        return []
    return Days(start, run_date).chunks(plays_by_arrival(report))


def next_steps() -> str:
    """Return the commands that a person would want after a build."""
    ott = "ott" if shutil.which("ott") else shown(Path(sys.argv[0]).absolute())
    return f"""
Next:
  {ott} sql "from paid_subscribers_daily order by snapshot_date desc limit 10"
  {ott} export first_views_daily --out first_views.xlsx
  make docs"""


def show_raw_report(report: RawReport) -> None:
    """Print the warnings of the raw check.

    Raises:
        UserError: the raw folder does not satisfy the contract.
    """
    for text in report.warnings:
        click.echo(f"warning: {text}", err=True)
    if not report.errors:
        return
    named = "\n".join(f"  {text}" for text in report.errors[:PROBLEMS_SHOWN])
    more = len(report.errors) - PROBLEMS_SHOWN
    rest = f"\n  and {more} more: ott check-raw {report.root}" if more > 0 else ""
    raise UserError(f"{verdict(report)} Nothing was built.\n{named}{rest}")


def first_arrival(report: RawReport) -> date | None:
    """Return the date of the first log file with rows of the required systems."""
    days = [
        one.arrived[0] for one in report.tables if one.arrived and one.table.is_required
    ]
    return min(days, default=None)


def shown(path: Path) -> str:
    """Return a path as short as it can be: relative where it lies below this folder."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
