"""The command `ott sql`: the result of a query on the built warehouse."""

from __future__ import annotations

import csv
import difflib
import io
import re
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import click
import duckdb

from ott import text_table
from ott.database import SCHEMAS, open_database
from ott.environment import duckdb_path
from ott.errors import UserError

BATCH = 10_000


class _QueryCommand(click.Command):
    """A command whose argument may begin with `--`, as a comment of SQL does."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        comments = [one for one in args if one[:2] == "--" and len(one.split()) > 1]
        if comments:
            args = [one for one in args if one not in comments] + ["--", *comments]
        return super().parse_args(context, args)


@click.command(cls=_QueryCommand)
@click.argument("query")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, every row.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Rows of the table that are printed.",
)
def sql(query: str, as_csv: bool, limit: int) -> None:
    """Print the result of QUERY, a select; `-` reads it from standard input.

    The database is the file that OTT_DUCKDB_PATH names, else data/ott.duckdb, and is
    opened to be read alone. Marts need no schema: select * from first_views_daily
    """
    if query == "-":
        query = click.get_text_stream("stdin", encoding="utf-8").read()
    if not query.strip(" \t\r\n;"):
        raise UserError('The query is empty. Write one: ott sql "select 1 as one"')
    with open_database(duckdb_path()) as connection:
        try:
            connection.execute(query)
            if not connection.description:
                return
            if as_csv:
                _print_csv(connection)
            else:
                _print_table(connection, limit)
        except duckdb.InterruptException:
            raise KeyboardInterrupt from None
        except duckdb.Error as error:
            raise UserError(_explain(connection, error)) from None


def _print_table(connection: duckdb.DuckDBPyConnection, limit: int) -> None:
    headers = [column[0] for column in connection.description or []]
    rows = connection.fetchmany(limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    numbers = [
        at
        for at in range(len(headers))
        if any(row[at] is not None for row in rows)
        and all(_is_number(row[at]) for row in rows if row[at] is not None)
    ]
    click.echo(
        text_table.render(
            headers, [[_cell(one) for one in row] for row in rows], numbers
        )
    )
    if more:
        click.echo(
            f"The first {limit:,} rows; --limit shows more, --csv all of them.",
            err=True,
        )
    else:
        click.echo(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}", err=True)


def _print_csv(connection: duckdb.DuckDBPyConnection) -> None:
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow([column[0] for column in connection.description or []])
    while True:
        sys.stdout.write(sheet.getvalue())
        sheet.seek(0)
        sheet.truncate()
        rows = connection.fetchmany(BATCH)
        if not rows:
            return
        writer.writerows(rows)


def _cell(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _explain(connection: duckdb.DuckDBPyConnection, error: duckdb.Error) -> str:
    """Return DuckDB's message, with tables of a similar name where one is missing."""
    text = str(error).strip()
    missing = re.search(r"Table with name \"?([^\s\"]+)\"? does not exist", text)
    if missing is None:
        if "read-only mode" in text:
            text += "\n`ott sql` only reads. What changes the warehouse is a dbt model."
        return text
    rows = connection.execute(
        "select table_schema, table_name from information_schema.tables where "
        "table_catalog = current_database() and table_schema = any(?) order by all",
        [SCHEMAS],
    ).fetchall()
    names = [
        table if schema == "marts" else f"{schema}.{table}" for schema, table in rows
    ]
    return f"There is no table {missing[1]}.{near(missing[1], names)}"


def near(name: str, names: Sequence[str]) -> str:
    """Return a sentence with the names that resemble one, else with the marts."""
    if not names:
        return " None is built; run `make build`."
    plain = {full.rpartition(".")[2]: full for full in reversed(names)}
    wanted = name.rpartition(".")[2].lower()
    close = difflib.get_close_matches(wanted, plain, n=5, cutoff=0.6)
    if close:
        return f" Near that: {', '.join(plain[one] for one in close)}."
    marts = [full for full in names if "." not in full]
    return f" The marts are {', '.join(marts)}."
