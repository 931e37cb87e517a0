"""The types of the raw contract on DuckDB and in Arrow."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

from ott.contract import duckdb_type, tables
from ott.sample.write import arrow_type


@pytest.mark.parametrize(
    ("bigquery", "expected"),
    [
        ("string", "varchar"),
        ("array<string>", "varchar[]"),
        ("struct<month string>", "struct(month varchar)"),
        (
            "array<struct<key string, value string>>",
            "struct(key varchar, value varchar)[]",
        ),
        (
            "array<struct<name string, users array<string>, count int64>>",
            "struct(name varchar, users varchar[], count bigint)[]",
        ),
    ],
)
def test_a_bigquery_type_has_a_duckdb_type(bigquery: str, expected: str) -> None:
    assert duckdb_type(bigquery) == expected


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(ValueError, match="geography"):
        duckdb_type("array<geography>")


def test_every_type_of_the_contract_is_the_same_for_duckdb_and_arrow() -> None:
    for table in tables():
        for column, text in table.columns.items():
            empty = pa.table({column: pa.array([], arrow_type(text))})
            (found,) = duckdb.from_arrow(empty).types
            cast = duckdb.sql(f"select cast(null as {duckdb_type(text)})")
            expected = str(cast.types[0])
            # Parquet says UTC; the project reads instants without a zone.
            actual = str(found).replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMP")
            assert actual == expected, f"{table}.{column}"
