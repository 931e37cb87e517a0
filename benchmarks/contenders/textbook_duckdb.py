"""The marts as textbook SQL in plain DuckDB: the files of `textbook/` in order."""

from __future__ import annotations

from pathlib import Path

import duckdb
from options import CORE, Given, parse

SQL = Path(__file__).with_name("textbook")
PRODUCTS = Path(__file__).resolve().parents[2] / "seeds" / "products.csv"
PLAYS = ("contents", "programs", "plays")
SUBSCRIPTIONS = ("events", "periods", "paid_periods", "spells")
# an instant outside the years 1 to 9999 is null
INSTANT = """
create temp macro instant(value) as case
    when
        try(cast(value as timestamp)) >= timestamp '0001-01-01'
        and try(cast(value as timestamp)) < timestamp '10000-01-01'
        then try(cast(value as timestamp))
end
"""


def run(given: Given) -> None:
    """Write viewing_daily as one statement, or all core marts from shared tables."""
    is_all = given.marts == "all"
    steps = (*PLAYS, *SUBSCRIPTIONS) if is_all else PLAYS
    with duckdb.connect() as connection:
        # an instant with the UTC mark is cast in the session's time zone
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("set variable raw = $1", [str(given.raw)])
        connection.execute("set variable run_date = $1", [given.run_date])
        connection.execute("set variable products = $1", [str(PRODUCTS)])
        connection.execute(INSTANT)
        for name in steps:
            kind = "table" if is_all else "view"
            connection.execute(f"create temp {kind} {name} as {_query(name)}")
        for mart in CORE if is_all else CORE[:1]:
            out = given.out.with_name(f"{mart}.parquet") if is_all else given.out
            connection.execute(f"copy ({_query(mart)}) to '{out}' (format parquet)")


def _query(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


if __name__ == "__main__":
    run(parse(__doc__))
