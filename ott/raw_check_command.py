"""The command `ott check-raw` and the text it prints."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ott import text_table
from ott.progress import progress_bar
from ott.raw_check import RawReport, Span, check_raw
from ott.raw_tables import raw_path

# So many files take about two seconds, by their footers and with their rows.
FILES_WORTH_A_BAR, READ_FILES_WORTH_A_BAR = 5_000, 100


@click.command("check-raw")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--read",
    "reads_rows",
    is_flag=True,
    help="Read every row too, to find files that are damaged inside. Takes longer.",
)
@click.pass_context
def check_raw_command(
    ctx: click.Context, folder: Path | None, reads_rows: bool
) -> None:
    """Check that the raw logs in FOLDER satisfy the contract.

    Tables, columns, types, row counts and dates are read from the footers of the
    Parquet files, so it takes seconds; nothing is written. FOLDER is the one that
    OTT_RAW_PATH names if you leave it out. The code is 0 if the folder can be built,
    warnings included, else 1.
    """
    root = folder.resolve() if folder else raw_path()
    report = check_with_bar(root, reads_rows=reads_rows)
    click.echo(describe(report))
    if report.errors:
        ctx.exit(1)


def check_with_bar(
    root: Path, *, reads_rows: bool = False, since: date | None = None
) -> RawReport:
    """Check a raw folder, with a progress bar on a terminal where it takes a while."""
    if since:
        return check_raw(root, since=since)
    files = sum(1 for _ in root.glob("*/*/**/*.parquet"))
    verb = "Reading" if reads_rows else "Checking"
    worth = READ_FILES_WORTH_A_BAR if reads_rows else FILES_WORTH_A_BAR
    with progress_bar(files, f"{verb} the raw files", worth) as move_on:
        return check_raw(root, on_file=move_on, reads_rows=reads_rows)


def describe(report: RawReport) -> str:
    """Return the report as text: a table, the warnings, the errors and a verdict."""
    parts = [f"Raw folder {report.root}"]
    if report.tables:
        parts.append(
            text_table.render(
                ["table", "files", "rows", "arrived (UTC)", "happened (KST)", "status"],
                [
                    [
                        str(one.table),
                        f"{one.files:,}",
                        f"{one.rows:,}",
                        _dates(one.arrived),
                        _dates(one.happened),
                        one.status,
                    ]
                    for one in report.tables
                ],
                right=(1, 2),
            )
        )
    parts += [f"warning: {text}" for text in report.warnings]
    parts += [f"error: {text}" for text in report.errors]
    parts.append(verdict(report))
    return "\n".join(parts)


def verdict(report: RawReport) -> str:
    """Return the line that says whether the folder can be built."""
    if report.errors:
        return f"The contract is not satisfied: {_count(report.errors, 'error')}."
    return f"The contract is satisfied; {_count(report.warnings, 'warning')}."


def _dates(span: Span | None) -> str:
    return f"{span[0]} – {span[1]}" if span else ""


def _count(texts: list[str], word: str) -> str:
    return f"{len(texts)} {word}{'' if len(texts) == 1 else 's'}"
