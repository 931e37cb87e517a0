"""The command `ott timings`: where the time of a run went."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ott.contract import PROJECT_DIR
from ott.errors import UserError
from ott.timings.artifacts import MEND, Run, read_run
from ott.timings.critical_path import critical_path
from ott.timings.picture import draw
from ott.timings.report import page, summary

PAGE = Path("models", "parallel_run.md")


@click.command()
@click.option(
    "--target-path",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of run_results.json and manifest.json; else the one that "
    "DBT_TARGET_PATH names, else target.",
)
@click.option(
    "--svg",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw the run as a Gantt chart.",
)
@click.option(
    "--write",
    is_flag=True,
    help="Renew the page of the data dictionary, models/parallel_run.md, after a "
    "build of the sample on this machine.",
)
def timings(folder: Path | None, svg: Path | None, write: bool) -> None:
    """Show where the time of the last `dbt build` or `dbt run` went.

    The serial sum is what the nodes took one after the other; the wall time is what the
    run took. The critical path is the chain of nodes that had to wait for each other,
    with the tests that hold their dependents back: to shorten the run, shorten one of
    these. Nothing is run, and no database is opened.
    """
    run = read_run(folder or target_path())
    path = critical_path(run)
    click.echo(summary(run, path))
    if svg:
        _write(svg, draw(run, path), "--svg")
    if write:
        _check_whole(run)
        text = page(run, path, draw(run, path, titles=False))
        _write(PROJECT_DIR / PAGE, text, "--write")


def target_path() -> Path:
    """Return dbt's target folder; a relative one lies in the project, as for dbt."""
    return PROJECT_DIR / (os.environ.get("DBT_TARGET_PATH") or "target")


def _check_whole(run: Run) -> None:
    """Refuse to publish a run that is not the whole project's.

    Raises:
        UserError: nodes failed or were skipped, or only some were selected.
    """
    broken = [node for node in run.nodes if node.is_broken]
    if broken:
        raise UserError(
            f"The page is of a whole run; in this one {len(broken):,} of "
            f"{len(run.nodes):,} nodes failed or were skipped, {broken[0].name} first. "
            f"{PAGE} stays as it was. {MEND}, without a failure."
        )
    if run.is_selection:
        raise UserError(
            "The page is of a whole run; this one was given --select. "
            f"{PAGE} stays as it was. {MEND}."
        )


def _write(path: Path, text: str, option: str) -> None:
    """Write a file and name it.

    Raises:
        UserError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"{option}: {path} cannot be written: {error.strerror}. Name a file in a "
            "folder that you may write to."
        ) from None
    click.echo(f"Wrote {path}", err=True)
