"""Whether the marts of a contender hold the rows of the project's own."""

from __future__ import annotations

from pathlib import Path

import duckdb

# DOMAIN: the contracts of the core marts
COLUMNS = {
    "viewing_daily": {
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
    },
    "paid_subscribers_daily": {
        "snapshot_date": "date",
        "level": "varchar",
        "sales_type": "varchar",
        "product_code": "varchar",
        "subscribers": "bigint",
        "paid_users": "bigint",
        "equivalent_paid_users": "decimal(18, 4)",
        "new_subscribers": "bigint",
        "returned_subscribers": "bigint",
        "churned_subscribers": "bigint",
        "voluntary_churned_subscribers": "bigint",
        "revenue_krw": "decimal(18, 2)",
        "refund_krw": "decimal(18, 2)",
    },
    "first_views_daily": {
        "subscription_date": "date",
        "program_id": "varchar",
        "program_title": "varchar",
        "first_views": "bigint",
        "new_first_views": "bigint",
        "returned_first_views": "bigint",
        "first_program_subscribers": "bigint",
        "subscribers_on_date": "bigint",
        "share": "double",
        "first_view_rank": "bigint",
        "first_views_week_ago": "bigint",
        "first_views_change": "bigint",
        "first_views_change_rate": "double",
        "first_view_rank_week_ago": "bigint",
        "first_view_rank_change": "bigint",
    },
}
CORE = tuple(COLUMNS)
VIEWING = CORE[0]


def export(database: Path, relation: str, out: Path) -> None:
    """Write a table of a DuckDB file as Parquet."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(f"copy (from {relation}) to '{out}' (format parquet)")


def count_rows(path: Path) -> int:
    """Return the number of rows of a Parquet file."""
    return _number(f"select count(*) from '{path}'")


def count_other_rows(ours: Path, theirs: Path, mart: str = VIEWING) -> int:
    """Return how many rows of two files of a mart have no partner in the other.

    All columns count, and a row that is there twice needs two partners.
    """
    return _number(
        "select count(*) from ("
        f"({_rows(ours, mart)} except all {_rows(theirs, mart)}) union all "
        f"({_rows(theirs, mart)} except all {_rows(ours, mart)}))"
    )


def _rows(path: Path, mart: str) -> str:
    columns = ", ".join(
        f"cast({name} as {kind}) as {name}" for name, kind in COLUMNS[mart].items()
    )
    return f"select {columns} from '{path}'"


def _number(query: str) -> int:
    with duckdb.connect() as connection:
        found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0
