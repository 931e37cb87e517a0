"""The command `ott daily`: the morning's run, and backfills of days gone by."""

from __future__ import annotations

import os
import time
from datetime import date, timedelta
from pathlib import Path

import click
from click.core import ParameterSource

from ott.build import first_arrival, plays_by_arrival, prepare, raw_report, shown
from ott.environment import closed_day
from ott.errors import UserError
from ott.runs.days import Days, backfill, lookback
from ott.runs.lock import only_run
from ott.runs.run import Plan, Tests, run
from ott.runs.state import Built, begin, built, check_gap

# Raw rows of a KST day arrive from the UTC date before it on; so do those of the day
# before, which are read as context.
ARRIVES_BEFORE = timedelta(days=2)
# DuckDB's share of a daily run; Python and dbt hold some 300 MB beside it.
LEAST_MEMORY_MB, MOST_MEMORY_MB = 150, 1_000


@click.command()
@click.pass_context
@click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    envvar="OTT_RUN_DATE",
    help="Day to bring the marts up to; else OTT_RUN_DATE, else yesterday in Korea.",
)
@click.option(
    "--backfill",
    "asked",
    nargs=2,
    metavar="FIRST LAST",
    help="Rewrite these days, both included, instead.",
)
@click.option(
    "--raw",
    "raw",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Raw folder; else the one that OTT_RAW_PATH names, else data/raw.",
)
@click.option(
    "--no-tests", "skips_tests", is_flag=True, help="Leave the data tests out."
)
@click.option(
    "--target",
    type=click.Choice(["dev", "ci"]),
    default="dev",
    show_default=True,
    help="DuckDB target of profiles.yml.",
)
def daily(
    ctx: click.Context,
    day: str | None,
    asked: tuple[str, str] | None,
    raw: Path | None,
    skips_tests: bool,
    target: str,
) -> None:
    """Bring the marts up to a day: rewrite its window and leave other days alone.

    The window is the day and `lookback_days` before it, so rows that arrived late are
    taken. Subscriptions are computed whole, since a refund may reach back to any day.
    Days that were never built are not passed over: the message names the command that
    builds them. Whatever interrupts a run, the same command again ends as if nothing
    had happened.
    """
    if asked and ctx.get_parameter_source("day") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--date and --backfill exclude each other.")
    started = time.monotonic()
    database = prepare(target)
    with only_run(database):
        found = built(database)
        if asked:
            days = backfill(*asked)
            check_gap(found, days)
            run_date = max(days.last, found.days.last) if found else days.last
        else:
            run_date = closed_day(day)
            days = _window(run_date, found)
        report = raw_report(raw, database, days.first - ARRIVES_BEFORE)
        chunks = days.chunks(plays_by_arrival(report)) if asked else []
        begin(database, days)
        if not asked:
            # a few days need little; the whole subscription history goes to disk
            os.environ.setdefault("OTT_DUCKDB_MEMORY", memory_for(database))
        tests: Tests = "none" if skips_tests else "window"
        plan = Plan(run_date, days if asked else None, chunks, tests=tests)
        run(plan, target, database, f"{'Backfilling' if asked else 'Building'} {days}")

    seconds = f"{time.monotonic() - started:.0f} s"
    if asked:
        click.echo(f"Rewrote {days} in {seconds}: {shown(database)}")
        return
    from ott.summary import summarize

    click.echo(summarize(database, run_date, first_arrival(report)))
    click.echo(f"\nBuilt {days} in {seconds}: {shown(database)}")


def memory_for(database: Path) -> str:
    """Return how much memory DuckDB gets for a daily run, such as `150MB`.

    As much as the database file has, since subscriptions and segments are computed
    whole. What does not fit goes to disk, but not all: of 10,000 plays a day a year
    (333 MB) fails with 200 MB and runs with 300, three years (703 MB) with 300 and 500.
    """
    size = database.stat().st_size // 1_000_000 if database.exists() else 0
    return f"{min(max(size, LEAST_MEMORY_MB), MOST_MEMORY_MB)}MB"


def _window(run_date: date, found: Built | None) -> Days:
    """Return the days that a daily run rewrites.

    Raises:
        UserError: days would be missing, or the day lies before the last one built.
    """
    days = Days(run_date - timedelta(days=lookback(run_date)), run_date)
    if found and run_date < found.days.last:
        raise UserError(
            f"{run_date} lies before {found.days.last}, the last day built; daily runs "
            f"go forward. To rewrite it: ott daily --backfill {run_date} {run_date}"
        )
    check_gap(found, days)
    return days
