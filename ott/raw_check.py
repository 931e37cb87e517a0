"""The check of a raw folder against the contract, before anything is built from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from ott.contract import PROJECT_DIR, Table, tables
from ott.environment import today_in_korea
from ott.quality.columns import Row, contract_types, merged, seen_columns
from ott.raw_footer import Footer, read_footer
from ott.raw_tables import RawFiles, find_files, partition_keys, read_rows
from ott.raw_types import listed, wrong_columns
from ott.variables import history_start

EVENT_COLUMNS = ("started_at", "occurred_at", "asked_at")

Span = tuple[date, date]


@dataclass
class TableReport:
    """What was found of one table.

    `rows_by_arrival` has the rows of a log's dates, `happened` is first and last date,
    `columns` the columns of its files as `ott.quality.columns` keeps them.
    """

    table: Table
    files: int = 0
    rows: int = 0
    rows_by_arrival: Counter[date] = field(default_factory=Counter)
    happened: Span | None = None
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    columns: list[Row] = field(default_factory=list)
    is_there: bool = True

    @property
    def arrived(self) -> Span | None:
        """First and last date of a log on which rows arrived."""
        return _span(self.rows_by_arrival)

    @property
    def status(self) -> str:
        """One word for the table: `wrong`, `not there`, `empty` or `ok`."""
        if self.errors:
            return "wrong"
        if not self.is_there:
            return "not there"
        return "ok" if self.rows else "empty"


@dataclass
class RawReport:
    """The result of a check: a report per table and what concerns the whole folder."""

    root: Path
    tables: list[TableReport] = field(default_factory=list)
    own_errors: list[str] = field(default_factory=list)
    own_warnings: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[str]:
        """Everything that keeps the folder from being built, whole folder first."""
        return [
            *self.own_errors,
            *(text for one in self.tables for text in one.errors),
        ]

    @property
    def warnings(self) -> list[str]:
        """Everything worth knowing that does not stop a build."""
        return [
            *self.own_warnings,
            *(text for one in self.tables for text in one.warnings),
        ]


def check_raw(
    root: Path,
    project_dir: Path = PROJECT_DIR,
    on_file: Callable[[int], None] | None = None,
    *,
    reads_rows: bool = False,
    since: date | None = None,
) -> RawReport:
    """Compare a raw folder with the contract, by the footers of its files.

    Args:
        root: the raw folder.
        project_dir: project whose sources declare the contract.
        on_file: called with 1 after each file.
        reads_rows: read every row of the files too, to find what is damaged inside.
        since: look only into the files of logs that arrived on this day or later, and
            into the first, whose types DuckDB takes for all.
    """
    report = RawReport(root)
    if not root.is_dir():
        fault = "is a file, not a folder" if root.exists() else "does not exist"
        report.own_errors.append(f"The raw folder {root} {fault}. {_WHAT_TO_DO}")
        return report
    contract = tables(project_dir)
    all_found = [find_files(root, table) for table in contract]
    if not any(found.folder.is_dir() for found in all_found):
        report.own_errors.append(
            f"The raw folder {root} holds no table of the contract. {_WHAT_TO_DO}"
        )
        return report
    history = history_start(project_dir)
    for found in all_found:
        one = TableReport(found.table)
        report.tables.append(one)
        footers = []
        for path in found.since(since):
            footers += _read(path, one)
            if reads_rows and footers and footers[-1].path == path:
                one.errors += _unreadable(footers[-1], one.table)
            if on_file:
                on_file(1)
        _check_table(found, footers, one, history)
    report.own_warnings += _absent_systems(report.tables)
    report.own_warnings += _unknown_folders(root, contract)
    return report


_WHAT_TO_DO = (
    "Name the folder that holds <system>/<table>/, for example player/viewing_log/, "
    "or write a sample with `ott sample --out DIR`."
)


def _read(path: Path, one: TableReport) -> list[Footer]:
    event = next((name for name in EVENT_COLUMNS if name in one.table.columns), None)
    try:
        return [read_footer(path, event if one.table.is_log else None)]
    except (OSError, pa.ArrowException) as error:
        reason = str(error).strip().splitlines()[0]
        one.errors.append(
            f"{one.table}: {path} cannot be read as Parquet ({reason}). It is "
            "truncated or no Parquet file: copy it again from where it came, or move "
            "it away."
        )
        return []


def _unreadable(footer: Footer, table: Table) -> Iterator[str]:
    columns = [
        name
        for name in table.columns
        if name.lower() in footer.types and not (table.is_log and name == "ingest_date")
    ]
    with duckdb.connect() as connection:
        try:
            read_rows(connection, footer.path, columns)
        except duckdb.Error as error:
            reason = str(error).strip().splitlines()[0]
            yield (
                f"{table}: {footer.path} is damaged inside: its rows cannot be read "
                f"({reason}). Copy it again from where it came, or write it anew."
            )


def _check_table(
    found: RawFiles, footers: list[Footer], one: TableReport, since: date
) -> None:
    table = found.table
    one.is_there = found.folder.is_dir()
    one.files = len(found.files)
    one.rows = sum(footer.rows for footer in footers)
    if not one.is_there:
        if table.is_required:
            one.errors.append(
                f"{table}: the folder {found.folder} is missing. The system "
                f"{table.system} is required: put the Parquet files of the table there."
            )
        return
    one.errors += _not_read(found)
    if not one.rows and not one.errors:
        one.warnings.append(
            f"{table}: {found.folder} holds no rows. It builds"
            + (", with empty marts." if table.is_required else ".")
        )
    if table.is_log:
        for footer in footers:
            if footer.rows and (day := found.ingest_date(footer.path)):
                one.rows_by_arrival[day] += footer.rows
        one.happened = _happened(found, footers, since)
        one.errors += _wrong_folders(found, footers)
    one.errors += wrong_columns(table, footers)
    one.columns = merged(seen_columns(found, footers, today_in_korea()))
    seen = {name for footer in footers for name in footer.types}
    extra = sorted(seen - contract_types(table).keys())
    if extra:
        one.warnings.append(
            f"{table}: columns that the contract does not know are ignored: "
            f"{', '.join(extra)}."
        )


def _not_read(found: RawFiles) -> Iterator[str]:
    """Yield an error for each kind of file that no build would read."""
    renamed: list[Path] = []
    converted: list[Path] = []
    for path in found.others():
        if path.is_dir() or path.suffix == ".parquet":
            yield (
                f"{found.table}: {path} is a link that is not followed. Put what it "
                "links to in its place, or move the link out of the folder."
            )
        elif path.suffix.lower() == ".parquet":
            renamed.append(path)
        else:
            converted.append(path)
    if renamed:
        yield (
            f"{found.table}: {listed(renamed)} would not be read. Let the name end "
            "in .parquet, in lower case."
        )
    if converted:
        yield (
            f"{found.table}: {listed(converted)} would not be read. If it is Parquet, "
            "let its name end in .parquet; if not, convert it to Parquet, or move it "
            "out of the folder."
        )


def _happened(found: RawFiles, footers: list[Footer], since: date) -> Span | None:
    """Return first and last event, without the dates that staging refuses."""
    return _span(
        day
        for footer in footers
        if (arrived := found.ingest_date(footer.path))
        for day in footer.dates
        if since <= day <= arrived + timedelta(days=1)
    )


def _wrong_folders(found: RawFiles, footers: list[Footer]) -> Iterator[str]:
    stray = set(found.stray())
    wrong = [footer.path for footer in footers if footer.path in stray and footer.rows]
    if wrong:
        yield (
            f"{found.table}: {listed(wrong)} lies in no valid folder "
            "ingest_date=YYYY-MM-DD. Move it into the folder of the UTC date on which "
            "it arrived."
        )
    placed = [footer.path for footer in footers if footer.path not in stray]
    keys = {path: partition_keys(path, found.folder) for path in placed}
    other = [path for path in placed if set(keys[path]) != set(keys[placed[0]])]
    if other:
        yield (
            f"{found.table}: {listed(other)} lies below the folders "
            f"{'/'.join(keys[other[0]])}, but {placed[0]} below "
            f"{'/'.join(keys[placed[0]])}. Use the same key=value folders for all."
        )


def _absent_systems(reports: list[TableReport]) -> Iterator[str]:
    """Yield a warning for each optional system, or table of one, that is not there."""
    optional = [one for one in reports if not one.table.is_required]
    for system in dict.fromkeys(one.table.system for one in optional):
        of_system = [one for one in optional if one.table.system == system]
        absent = [one for one in of_system if not one.is_there]
        if len(absent) == len(of_system):
            yield f"{system}: not there, so it is not used."
        else:
            yield from (f"{one.table}: not there, so it is not used." for one in absent)


def _unknown_folders(root: Path, contract: Iterable[Table]) -> Iterator[str]:
    known = {(table.system, table.name) for table in contract}
    systems = {system for system, _ in known}
    for folder in _folders(root):
        if folder.name not in systems:
            yield f"{folder}: no system of the contract; ignored."
            continue
        for inner in _folders(folder):
            if (folder.name, inner.name) not in known:
                yield f"{inner}: no table of the contract; ignored."


def _folders(parent: Path) -> list[Path]:
    return sorted(
        path
        for path in parent.iterdir()
        if path.is_dir() and not path.name.startswith((".", "_"))
    )


def _span(days: Iterable[date]) -> Span | None:
    found = sorted(set(days))
    return (found[0], found[-1]) if found else None
