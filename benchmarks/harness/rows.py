"""Whether a contender's viewing_daily holds the rows of the project's own."""

from __future__ import annotations

from pathlib import Path

import duckdb

# DOMAIN: the contract of viewing_daily
COLUMNS = {
    "view_date": "date",
    "program_id": "varchar",
    "program_title": "varchar",
    "genre": "varchar",
    "content_type": "varchar",
    "device_type": "varchar",
    "views": "bigint",
    "valid_views": "bigint",
    "completed_views": "bigint",
    "viewers": "bigint",
    "watched_seconds": "bigint",
    "reported_seconds": "bigint",
    "overlap_seconds": "bigint",
    "excess_seconds": "bigint",
}


def export(database: Path, relation: str, out: Path) -> None:
    """Write a table of a DuckDB file as Parquet."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(f"copy (from {relation}) to '{out}' (format parquet)")


def count_rows(path: Path) -> int:
    """Return the number of rows of a Parquet file."""
    return _number(f"select count(*) from '{path}'")


def count_other_rows(ours: Path, theirs: Path) -> int:
    """Return how many rows of the two files have no partner in the other.

    All columns count, and a row that is there twice needs two partners.
    """
    return _number(
        "select count(*) from ("
        f"({_mart(ours)} except all {_mart(theirs)}) union all "
        f"({_mart(theirs)} except all {_mart(ours)}))"
    )


def _mart(path: Path) -> str:
    columns = ", ".join(
        f"cast({name} as {kind}) as {name}" for name, kind in COLUMNS.items()
    )
    return f"select {columns} from '{path}'"


def _number(query: str) -> int:
    with duckdb.connect() as connection:
        found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0
