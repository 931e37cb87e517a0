from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from ott.emulator.compare import Relation, compare, kind_of

RELATION = Relation("marts", "mart")


def differ(tmp_path: Path, bigquery: str, embedded: str) -> str:
    """Return the fault that comparing two queries' results finds."""
    files = []
    for name, schema, query in (
        ("emulator", "p__marts", bigquery),
        ("duckdb", "marts", embedded),
    ):
        files.append(tmp_path / f"{name}.duckdb")
        with duckdb.connect(str(files[-1])) as con:
            con.execute(f'create schema "{schema}"')
            if query:
                con.execute(f'create table "{schema}".mart as {query}')
    (found,) = compare([RELATION], files[0], "p", files[1])
    return found.fault


@pytest.mark.parametrize(
    ("bigquery", "embedded"),
    [
        ("select 1 as a, 'x' as b", "select 1::hugeint as a, 'x' as b"),
        ("select unnest([1, 2, null]) as a", "select unnest([null, 2, 1]) as a"),
        ("select 1e0 as a", "select 1.0000000001e0 as a"),
        ("select 'nan'::double as a", "select 'nan'::double as a"),
        ("select 0.10::decimal(38, 9) as a", "select 0.1::decimal(18, 2) as a"),
        (
            "select timestamptz '2026-01-01 09:00:00+09:00' as a",
            "select timestamp '2026-01-01 00:00:00' as a",
        ),
        ("select [{'k': 1}] as a", "select [{'k': 1}] as a"),
        # twins, told apart by their floats only
        (
            "select 'x' as a, unnest([1e0, 2e0]) as b",
            "select 'x' as a, unnest([2.000000000001e0, 1e0]) as b",
        ),
        ("select 1 as a where false", "select 1 as a where false"),
    ],
)
def test_equal_relations(tmp_path: Path, bigquery: str, embedded: str) -> None:
    assert differ(tmp_path, bigquery, embedded) == ""


@pytest.mark.parametrize(
    ("bigquery", "embedded", "expected"),
    [
        ("select 1 as a, 2 as b", "select 1 as a, 3 as b", "b 2 / 3"),
        ("select 1 as a", "select null::bigint as a", "a 1 / None"),
        ("select 1e0 as a", "select 1.00000001e0 as a", "a 1.0 / 1.00000001"),
        ("select 'nan'::double as a", "select 1e0 as a", "a nan / 1.0"),
        ("select null::double as a", "select 1e0 as a", "a None / 1.0"),
        (
            "select unnest([1, 1]) as a",
            "select 1 as a",
            "1 rows only on the emulator, 0 rows only on DuckDB",
        ),
        (
            "select 1 as a where false",
            "select 1 as a",
            "0 rows only on the emulator, 1 rows only on DuckDB:\n  DuckDB: a=1",
        ),
        ("select 1 as a", "select '1' as a", "emulator: a int64, DuckDB: a string"),
        ("select 1 as a", "select 1 as b", "emulator: a int64, DuckDB: b int64"),
        (
            "select 1 as a, 2 as b",
            "select 1 as a",
            "emulator: b int64, DuckDB: nothing",
        ),
        (
            "select 1.0::decimal(9, 1) as a",
            "select 1e0 as a",
            "emulator: a numeric, DuckDB: a float64",
        ),
        (
            "select timestamp '2026-01-01 00:00:00' as a",
            "select timestamp '2026-01-01 00:00:00' as a",
            "emulator: a datetime, DuckDB: a timestamp",
        ),
        (
            "select [{'k': 1}] as a",
            "select [{'k': 2}] as a",
            """a '[{"k":1}]' / '[{"k":2}]'""",
        ),
        ("", "select 1 as a", "the emulator has no such relation."),
        ("select 1 as a", "", "DuckDB has no such relation."),
    ],
)
def test_a_difference_is_named(
    tmp_path: Path, bigquery: str, embedded: str, expected: str
) -> None:
    assert expected in differ(tmp_path, bigquery, embedded)


def test_an_instant_of_the_emulator_has_a_zone() -> None:
    assert kind_of("TIMESTAMP[]", is_bigquery=True) == "array<datetime>"
    assert kind_of("TIMESTAMP[]", is_bigquery=False) == "array<timestamp>"
