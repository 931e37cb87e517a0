"""Opening the DuckDB file: every way it can fail, in plain words."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import duckdb

from ott.contract import kept_tables, tables
from ott.errors import UserError

# Schemas in which a table is found by its name alone; the restricted one is not.
SCHEMAS = ["marts", "warehouse", "reference"]


def check_database(path: Path) -> None:
    """Check that a build can write the database file, without changing it.

    Raises:
        UserError: the file is locked, of another DuckDB version, damaged or no DuckDB
            file, its folder cannot be written, or no catalog can have its name.
    """
    _check_name(path)
    if path.exists():
        _connect(path, read_only=False).close()
        return
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise UserError(
            f"The database {path} cannot be made: {folder} is a file, not a folder. "
            "Set OTT_DUCKDB_PATH to a file in a folder that you may write."
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UserError(
            f"The database {path} cannot be made: the folder {folder} is not writable. "
            "Set OTT_DUCKDB_PATH to a file in a folder that you may write."
        )


def _check_name(path: Path) -> None:
    """Refuse a name whose catalog DuckDB or dbt would not find again."""
    # both name the catalog after the first part of the file name that is not empty
    name = path.name.lstrip(".").partition(".")[0]
    schemas = {table.schema for table in (*tables(), *kept_tables())}
    taken = {"main", "system", "temp"} | schemas
    if name.lower() in taken:
        fault = f"'{name}' is a name that the database itself uses"
    elif wrong := re.search(r"[?#]", str(path)) or re.search(r"[\"';]", path.name):
        fault = f"{wrong[0]} may not stand in it"
    else:
        return
    raise UserError(
        f"The database cannot be named {path}: {fault}. Set OTT_DUCKDB_PATH to another "
        "name, such as ott.duckdb."
    )


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """Open the built database to read it; marts are found without their schema.

    Raises:
        UserError: there is no database yet, or it cannot be read.
    """
    if not path.exists():
        raise UserError(
            f"There is no database {path} yet. Run `make build` first, or set "
            "OTT_DUCKDB_PATH to the one that was built."
        )
    connection = _connect(path, read_only=True)
    # as in the profile: text of instants and the order of nulls are those of BigQuery
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'")
    if sys.stdout.isatty():
        connection.execute("set enable_progress_bar = true")  # shown after two seconds
    there = {
        row[0]
        for row in connection.execute(
            "select schema_name from duckdb_schemas()"
        ).fetchall()
    }
    found = [name for name in SCHEMAS if name in there]
    if found:
        connection.execute(f"set search_path = '{','.join(found)}'")
    return connection


def explain(path: Path, error: duckdb.Error) -> str:
    """Return what a failure to open a database file means and what to do about it."""
    text = str(error)
    if "set lock on file" in text or "different configuration" in text:
        holder = re.search(r"held in (\S+) \(PID ([0-9]+)\)", text)
        by = f"another program ({holder[1]}, process {holder[2]})" if holder else ""
        return (
            f"The database {path} is in use by {by or 'another connection'}. "
            "Close that, or set OTT_DUCKDB_PATH to another file."
        )
    if "version number" in text:
        written = re.search(r"created with DuckDB version ([^\n]+?)\.?(\n|$)", text)
        by = f" ({written[1]})" if written else ""
        return (
            f"The database {path} was written by another version of DuckDB{by}; this "
            f"project uses {duckdb.__version__}. Move the file away and build again, "
            "or set OTT_DUCKDB_PATH to another file: all it holds comes from raw logs."
        )
    if "not a valid DuckDB database" in text:
        return (
            f"{path} is not a DuckDB database. Move it away, or set OTT_DUCKDB_PATH to "
            "another file."
        )
    if "Corrupt database" in text:
        return (
            f"The database {path} is damaged. Move it away and build again: all it "
            f"holds comes from the raw logs. DuckDB says: {_first_line(text)}"
        )
    return (
        f"The database {path} cannot be opened. Mend that, or set OTT_DUCKDB_PATH to "
        f"another file. DuckDB says: {_first_line(text)}"
    )


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        raise UserError(explain(path, error)) from None


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0].removeprefix("IO Error: ")
