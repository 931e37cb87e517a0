"""The command ``ott prove-emulator``."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ott import text_table
from ott.errors import UserError

if TYPE_CHECKING:
    from ott.emulator.prove import Report

PLAYS = 4000
NEEDED = ("bqemulator", "duckdb_extension_spatial")
SHOWN_FAILURES = 10
BAR_WIDTH = 30


@click.command(short_help="Build on a local BigQuery emulator and compare.")
@click.option(
    "--plays",
    type=click.IntRange(100, 1_000_000),
    metavar="N",
    default=PLAYS,
    show_default=True,
    help="About how many plays the sample has that is made for the proof.",
)
@click.option(
    "--keep",
    is_flag=True,
    help="Keep the folder with the logs, dbt's files and both databases.",
)
def prove_emulator(plays: int, keep: bool) -> None:
    """Build the project with the real dbt-bigquery, twice, on a local emulator.

    Every seed, model, data test and unit test runs against a server on this computer
    that speaks BigQuery's interface. After each build, every relation must equal
    DuckDB's, row by row. No account and no network is needed. It takes a few minutes.

    It shows that dbt-bigquery's statements do their work; that BigQuery accepts the SQL
    is shown by `ott prove-bigquery`. It shows nothing about cost, pruning, quotas or
    permissions.
    """
    begin = time.perf_counter()
    folder = Path(tempfile.mkdtemp(prefix="ott-emulator-"))
    progress = Progress()
    try:
        report = _prove(folder, plays, progress)
    except BaseException as error:
        progress.close()
        if isinstance(error, UserError):
            click.echo(f"All files of the proof are kept in {folder}.", err=True)
        elif not keep:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    progress.close()
    _show(report, time.perf_counter() - begin)
    if report.failures:
        for failure in report.failures[:SHOWN_FAILURES]:
            click.echo(f"\n{failure}", err=True)
        click.echo(f"\nAll files of the proof are kept in {folder}.", err=True)
        raise UserError(
            f"{len(report.failures)} comparisons found a difference; the first "
            f"{min(len(report.failures), SHOWN_FAILURES)} are shown above."
        )
    if keep:
        click.echo(f"All files of the proof are kept in {folder}.")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    click.echo("dbt-bigquery built everything twice; all rows equal DuckDB's.")


def _prove(folder: Path, plays: int, progress: Progress) -> Report:
    try:
        import bqemulator  # noqa: F401
        import duckdb_extension_spatial  # type: ignore[import-untyped]  # noqa: F401

        from ott.emulator.prove import prove
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in NEEDED:
            raise
        raise UserError(
            f"The package {error.name} is missing. It belongs to the development "
            "packages: run `make lint` or `pip install -r requirements.lock`."
        ) from None
    return prove(folder, plays, progress.start)


def _show(report: Report, seconds: float) -> None:
    rows = [(f"{report.raw_rows:,}", "raw rows loaded")]
    kinds = {
        "seed": "seeds",
        "model": "models",
        "test": "data tests",
        "unit_test": "unit tests",
        "snapshot": "snapshots",
    }
    rows += [
        (f"{report.nodes[kind]:,}", f"{text} run by dbt-bigquery, both builds")
        for kind, text in kinds.items()
        if report.nodes[kind]
    ]
    compared = sum(found.rows for found in report.comparisons)
    rows += [
        (f"{report.relations:,}", "relations compared with DuckDB after each build"),
        (f"{compared:,}", "rows compared, both builds"),
        *(
            (f"{spent:.0f}", f"seconds: {label}")
            for label, spent in report.seconds.items()
        ),
        (f"{seconds:.0f}", "seconds in all"),
    ]
    if report.peak_memory:
        rows.append((f"{report.peak_memory / 2**20:,.0f}", "MiB of the emulator"))
    click.echo(text_table.render(["count", "what"], rows, right=[0], columns=80))
    if report.empty:
        names = ", ".join(map(str, report.empty))
        click.echo(f"note: without rows on these logs, so not shown equal: {names}.")


class Progress:
    """One progress bar after another on a terminal, else one line a step."""

    def __init__(self) -> None:
        self._label = ""
        self._begin = 0.0

    def start(self, label: str) -> Callable[[int, int], None]:
        """End the step before, start another and return what moves it on."""
        self.close()
        self._label, self._begin = label, time.perf_counter()
        self._write(0, 0)
        return self._write

    def close(self) -> None:
        """End the step."""
        if self._label:
            line = f"{self._label}: {time.perf_counter() - self._begin:.0f} s"
            blank = " " * (BAR_WIDTH + 40) + "\r" if sys.stderr.isatty() else ""
            click.echo(f"{blank}{line}", err=True)
        self._label = ""

    def _write(self, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        filled = BAR_WIDTH * done // total if total else 0
        bar = "#" * filled + "-" * (BAR_WIDTH - filled)
        count = f"{done}/{total}" if total else "…"
        click.echo(f"{self._label:<18} [{bar}] {count}\r", err=True, nl=False)
