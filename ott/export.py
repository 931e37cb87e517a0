"""The command `ott export`: a mart as CSV, Parquet or Excel, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import duckdb

from ott import text_table
from ott.database import open_database
from ott.environment import duckdb_path
from ott.errors import UserError
from ott.progress import progress_bar
from ott.query import BATCH, near

EXCEL_ROWS = 1_048_575
EXCEL_TEXT = 32_767
# Excel keeps 15 digits of a number; longer ones stay text.
EXCEL_DIGITS = 10**15
WIDEST_COLUMN = 60
# What a spreadsheet may take for the beginning of a formula, as OWASP lists it.
FORMULA = r"=+@\t\r\n＝＋－＠-"
ROWS_WORTH_A_BAR = 30_000


@click.command()
@click.argument("mart")
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="File to write; its ending decides: .csv, .parquet or .xlsx.",
)
def export(mart: str, out: Path) -> None:
    """Write every row of MART to a file, which is replaced only when all is written.

    An unknown name lists the marts.
    """
    with open_database(duckdb_path()) as connection:
        rows = export_mart(connection, mart, out)
    click.echo(f"{out}: {rows:,} rows of {mart}")


def export_mart(connection: duckdb.DuckDBPyConnection, mart: str, out: Path) -> int:
    """Write every row of a mart, sorted, and return how many there are.

    The file appears, or replaces an older one, only when it is complete.

    Raises:
        UserError: there is no such mart, the ending is unknown, the file cannot be
            written, or Excel cannot hold the rows.
    """
    write = _WRITERS.get(out.suffix.lower())
    if write is None:
        raise UserError(
            f"{out}: an export ends in .csv, .parquet or .xlsx. Rename the file."
        )
    marts = _marts(connection)
    if mart not in marts:
        raise UserError(f"There is no mart {mart}.{near(mart, marts)}")
    if out.is_dir() or not out.parent.is_dir():
        fault = "is a folder" if out.is_dir() else f"{out.parent} does not exist"
        raise UserError(f"{out} cannot be written: {fault}. Name a file in a folder.")
    rows = _count(connection, mart)
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        write(connection, mart, part)
        os.replace(part, out)
    except (OSError, duckdb.Error) as error:
        raise UserError(
            f"{out} cannot be written: {str(error).replace(str(part), str(out))}. "
            "Choose a folder that you may write and that has room."
        ) from None
    finally:
        part.unlink(missing_ok=True)
    return rows


def _marts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select table_name from information_schema.tables "
        "where table_schema = 'marts' order by table_name"
    ).fetchall()
    return [row[0] for row in rows]


def _count(connection: duckdb.DuckDBPyConnection, mart: str) -> int:
    row = connection.execute(f'select count(*) from marts."{mart}"').fetchone()
    assert row is not None
    return int(row[0])


def _select(mart: str) -> str:
    return f'select * from marts."{mart}" order by all'


def _copy(options: str) -> Callable[[duckdb.DuckDBPyConnection, str, Path], None]:
    def write(connection: duckdb.DuckDBPyConnection, mart: str, part: Path) -> None:
        target = str(part).replace("'", "''")
        connection.execute(f"copy ({_select(mart)}) to '{target}' ({options})")

    return write


def _write_excel(connection: duckdb.DuckDBPyConnection, mart: str, part: Path) -> None:
    import xlsxwriter

    rows = _count(connection, mart)
    if rows > EXCEL_ROWS:
        raise UserError(
            f"{mart} has {rows:,} rows; an Excel sheet holds {EXCEL_ROWS:,}. Export it "
            "as .csv or .parquet, or a part of it with `ott sql --csv`."
        )
    # text stays text, even where it looks like a formula or an address
    book = xlsxwriter.Workbook(
        str(part),
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    try:
        _fill_sheet(connection, mart, book, rows)
    except BaseException:
        book.fileclosed = 1  # no half workbook, and no warning about it
        raise
    try:
        book.close()
    except xlsxwriter.exceptions.XlsxFileError as error:
        raise OSError(str(error)) from None


def _fill_sheet(
    connection: duckdb.DuckDBPyConnection, mart: str, book: Any, rows: int
) -> None:
    sheet = book.add_worksheet(mart[:31])
    header = book.add_format({"bold": True, "bottom": 1})
    cursor = connection.execute(_select(mart))
    columns = [(column[0], str(column[1])) for column in cursor.description or []]
    formats = [
        book.add_format({"num_format": number}) if number else None
        for number in (_number_format(name, type_) for name, type_ in columns)
    ]
    batch = cursor.fetchmany(BATCH)
    for at, (name, type_) in enumerate(columns):
        sheet.set_column(at, at, _column_width(name, type_, [row[at] for row in batch]))
        sheet.write_string(0, at, name, header)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, len(columns) - 1)
    line = 1
    with progress_bar(rows, f"Writing {mart}", ROWS_WORTH_A_BAR) as move_on:
        while batch:
            for row in batch:
                for at, value in enumerate(row):
                    _write_cell(sheet, line, at, value, formats[at], columns[at][0])
                line += 1
            move_on(len(batch))
            batch = cursor.fetchmany(BATCH)


def _write_cell(
    sheet: Any, line: int, at: int, value: Any, style: Any, name: str
) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, at, value, style)
    elif isinstance(value, int | float | Decimal) and abs(float(value)) < EXCEL_DIGITS:
        sheet.write_number(line, at, value, style)
    elif isinstance(value, datetime | date):
        sheet.write_datetime(line, at, value, style)
    else:
        text = str(value)
        if len(text) > EXCEL_TEXT:
            raise UserError(
                f"Row {line} of the column {name} has {len(text):,} letters; an Excel "
                f"cell holds {EXCEL_TEXT:,}. Export it as .csv or .parquet."
            )
        sheet.write_string(line, at, text, style)


def _number_format(name: str, type_: str) -> str | None:
    """Return Excel's number format for a column, None for text."""
    if type_ == "DATE":
        return "yyyy-mm-dd"
    if type_.startswith("TIMESTAMP"):
        return "yyyy-mm-dd hh:mm:ss"
    if type_.startswith("DECIMAL"):
        scale = int(type_.rstrip(")").rpartition(",")[2])
        return "#,##0" + ("." + "0" * scale if scale else "")
    if type_ in ("DOUBLE", "FLOAT"):
        is_share = name.endswith(("share", "rate"))
        return "0.0%" if is_share else "#,##0.0000"
    return "#,##0" if type_.endswith(("INT", "INTEGER")) else None


def _column_width(name: str, type_: str, values: list[Any]) -> int:
    if type_ == "DATE":
        widest = 10
    elif type_.startswith("TIMESTAMP"):
        widest = 19
    else:
        texts = (f"{value:,}" if _is_number(value) else str(value) for value in values)
        widest = max((text_table.width(text) for text in texts), default=0)
    # the button of the filter covers three letters of the header
    return min(max(widest, len(name) + 3) + 1, WIDEST_COLUMN)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _write_csv(connection: duckdb.DuckDBPyConnection, mart: str, part: Path) -> None:
    """Write a CSV whose texts a spreadsheet takes for no formula."""
    described = connection.execute(f'describe marts."{mart}"').fetchall()
    columns = ", ".join(
        f"{_inert(name)} as {name}" if kind == "VARCHAR" else name
        for name, kind in ((f'"{row[0]}"', row[1]) for row in described)
    )
    target = str(part).replace("'", "''")
    connection.execute(
        f"copy (select {columns} from ({_select(mart)})) to '{target}' "
        "(format csv, header)"
    )


def _inert(text: str) -> str:
    """Return a text with an apostrophe before it where it begins as formulas do."""
    is_formula = f"regexp_matches({text}, '^[{FORMULA}]')"
    return f"case when {is_formula} then chr(39) || {text} else {text} end"


_WRITERS: dict[str, Callable[[duckdb.DuckDBPyConnection, str, Path], None]] = {
    ".csv": _write_csv,
    ".parquet": _copy("format parquet"),
    ".xlsx": _write_excel,
}
