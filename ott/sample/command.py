"""The command ``ott sample``."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

import click

from ott.errors import UserError
from ott.raw_tables import DEFAULT_RAW_PATH
from ott.sample.run import Sample
from ott.sample.settings import (
    HORIZON,
    SAMPLE_ACCOUNTS,
    SAMPLE_END,
    SAMPLE_PLAYS_PER_DAY,
    SAMPLE_SEED,
    SAMPLE_START,
    SERVICE_LAUNCH,
    Settings,
)

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command(short_help="Write the sample logs.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="OTT_RAW_PATH",
    default=DEFAULT_RAW_PATH,
    show_default=True,
    show_envvar=True,
    metavar="DIR",
    help="Raw folder to write; it may hold an earlier run of the same sample.",
)
@click.option(
    "--start",
    type=DAY,
    metavar="DAY",
    default=SAMPLE_START.isoformat(),
    show_default=True,
    help="First day of plays, in KST.",
)
@click.option(
    "--end",
    type=DAY,
    metavar="DAY",
    default=SAMPLE_END.isoformat(),
    show_default=True,
    help="Last day, included.",
)
@click.option(
    "--accounts",
    type=click.IntRange(1, 10_000_000),
    metavar="N",
    default=SAMPLE_ACCOUNTS,
    show_default=True,
    help=f"Accounts opened by {SAMPLE_END}; others open later.",
)
@click.option(
    "--plays-per-day",
    type=click.IntRange(1, 50_000_000),
    metavar="N",
    default=SAMPLE_PLAYS_PER_DAY,
    show_default=True,
    help="Plays on an average day.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    metavar="N",
    default=SAMPLE_SEED,
    show_default=True,
    help="Another seed gives another service.",
)
def sample(
    out: Path,
    start: datetime,
    end: datetime,
    accounts: int,
    plays_per_day: int,
    seed: int,
) -> None:
    """Write raw logs of an invented streaming service, as the raw contract asks.

    The same options give the same rows on every machine. More days only add to them:
    --start and --end change no row of the days between. Billing events are written
    from the launch of the service on, so that the first day has its subscribers.

    A folder that holds anything but an earlier run with the same --accounts,
    --plays-per-day and --seed is refused; an interrupted run leaves it as it was.
    """
    first, last = start.date(), end.date()
    if last < first:
        raise click.BadParameter(
            f"{last} is before --start {first}.", param_hint="'--end'"
        )
    for day, option in ((first, "'--start'"), (last, "'--end'")):
        if not SERVICE_LAUNCH <= day <= HORIZON:
            raise click.BadParameter(
                f"{day} is not between {SERVICE_LAUNCH} and {HORIZON}, the days that "
                "the invented service knows.",
                param_hint=option,
            )
    began = time.perf_counter()
    try:
        made = Sample(out, Settings(first, last, accounts, plays_per_day, seed))
        days = sum(task.days for task in made.tasks)
        with click.progressbar(
            length=days, label="Writing the sample", file=sys.stderr
        ) as bar:
            for task in made.steps():
                bar.update(task.days)
    except OSError as error:
        raise UserError(f"{out}: {error.strerror or error}.") from error
    seconds = time.perf_counter() - began
    rows, files = sum(made.totals.rows.values()), sum(made.totals.files.values())
    click.echo(
        f"Wrote {rows:,} rows in {files:,} files to {out} in {seconds:.1f} s "
        f"({rows / seconds:,.0f} rows/s)."
    )
