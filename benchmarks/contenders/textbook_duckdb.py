"""viewing_daily as textbook SQL in plain DuckDB: `textbook.sql`, one statement."""

from __future__ import annotations

from pathlib import Path

import duckdb
from options import Given, parse

SQL = Path(__file__).with_name("textbook.sql")


def run(given: Given) -> None:
    with duckdb.connect() as connection:
        # an instant with the UTC mark is cast in the session's time zone
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("set variable raw = $1", [str(given.raw)])
        connection.execute("set variable run_date = $1", [given.run_date])
        query = SQL.read_text(encoding="utf-8")
        connection.execute(f"copy ({query}) to '{given.out}' (format parquet)")


if __name__ == "__main__":
    run(parse(__doc__))
