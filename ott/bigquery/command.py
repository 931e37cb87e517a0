"""The command ``ott prove-bigquery``."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ott import text_table
from ott.errors import UserError

if TYPE_CHECKING:
    from ott.bigquery.report import Report

PLAYS, SEED = 2500, 7
NEEDED = ("zetasql", "wasmtime")
SHOWN_FAILURES = 20

ROWS = (
    ("model", "models analysed, with contract, partition and cluster columns"),
    ("create", "create statements of dbt-bigquery analysed"),
    ("incremental", "queries of a daily run and a backfill analysed"),
    ("addition", "statements that put their rows in place analysed"),
    ("windowed", "data tests of their dates analysed"),
    ("test", "data tests analysed"),
    ("analysis", "analyses analysed"),
    ("statements", "statements analysed in all"),
    ("unit_tests", "unit tests executed"),
    ("relations", "relations executed and compared with DuckDB"),
    ("queries", "data tests and analyses executed and compared"),
    ("rows", "rows compared"),
    ("branches", "queries of both runs executed; equal to DuckDB and the build"),
    ("branch_rows", "rows of these compared"),
)


@click.command(short_help="Prove the BigQuery SQL without an account.")
@click.option(
    "--plays",
    type=click.IntRange(58, 100_000),
    metavar="N",
    default=PLAYS,
    show_default=True,
    help="About how many plays the sample has that is made for the proof.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    metavar="N",
    default=SEED,
    show_default=True,
    help="Another seed gives another sample.",
)
@click.option(
    "--raw",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Raw folder to use in place of a sample, of a few thousand plays.",
)
@click.option(
    "--run-date",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DAY",
    help="Last closed day of --raw.",
)
@click.option(
    "--list-functions",
    is_flag=True,
    help="Print the SQL functions that the project calls, one a line.",
)
def prove_bigquery(
    plays: int,
    seed: int,
    raw: Path | None,
    run_date: datetime | None,
    list_functions: bool,
) -> None:
    """Prove that BigQuery accepts the project's SQL and answers as DuckDB does.

    Google's own analyzer checks every statement as BigQuery would, and its reference
    implementation executes the whole project on small, dense raw logs; each relation
    must equal DuckDB's, row by row. No account and no network is needed. The first run
    compiles the analyzer, which takes about 20 seconds more.

    It shows nothing about cost, pruning, quotas or permissions.
    """
    if (raw is None) != (run_date is None):
        raise click.UsageError("--raw and --run-date are given together or not at all.")
    begin = time.perf_counter()
    with _Progress() as progress:
        report = _prove(raw, run_date, plays, seed, progress.start)
    if list_functions:
        click.echo("\n".join(sorted(report.functions)))
    rows = [
        (f"{report.counts[key]:,}", text) for key, text in ROWS if report.counts[key]
    ]
    rows.append((f"{len(report.functions)}", "SQL functions in use"))
    rows.append((f"{time.perf_counter() - begin:.0f}", "seconds"))
    click.echo(text_table.render(["count", "what"], rows, right=[0], columns=80))
    for name in report.failing_tests:
        click.echo(
            f"note: on these logs the data test {name} has rows on both engines."
        )
    if report.failures:
        for failure in report.failures[:SHOWN_FAILURES]:
            click.echo(f"\n{failure}", err=True)
        raise UserError(
            f"{len(report.failures)} differences from BigQuery; the first "
            f"{min(len(report.failures), SHOWN_FAILURES)} are shown above."
        )
    click.echo("BigQuery's analyzer accepts every statement; all rows are equal.")


def _prove(
    raw: Path | None,
    run_date: datetime | None,
    plays: int,
    seed: int,
    start: Callable[[str, int], Callable[[], None]],
) -> Report:
    try:
        from ott.bigquery.prove import prove
        from ott.bigquery.wasm import is_compiled
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in NEEDED:
            raise
        raise UserError(
            f"The package {error.name} is missing. It belongs to the development "
            "packages: run `make lint` or `pip install -r requirements.lock`."
        ) from None
    if not is_compiled():
        click.echo("Compiling Google's analyzer, once: about 20 seconds …", err=True)
    return prove(raw, run_date and run_date.date(), plays, seed, start)


class _Progress:
    """One progress bar after another, on a terminal only."""

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def start(self, label: str, length: int) -> Callable[[], None]:
        """End the bar before, start another and return what moves it on."""
        self._stack.close()
        bar = self._stack.enter_context(
            click.progressbar(length=length, label=f"{label:<26}", file=sys.stderr)
        )
        return lambda: bar.update(1)
