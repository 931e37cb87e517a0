"""Slips in expressions that the project does not use yet: the proof must notice each.

Each is a small expression of its own, compared with DuckDB as the project's nodes are.
"""

from __future__ import annotations

import duckdb
import pytest

from ott.bigquery.compare import difference
from ott.bigquery.duckdb_build import rows_of
from ott.bigquery.zetasql_client import SqlError

pytestmark = pytest.mark.xdist_group("bigquery")

# name, right on BigQuery, wrong on BigQuery, DuckDB's
EXPRESSIONS = [
    (
        "week start",
        "date_sub(d, interval mod(extract(dayofweek from d) + 5, 7) day)",
        "date_trunc(d, week)",
        "cast(date_trunc('week', d) as date)",
    ),
    (
        "month start",
        "date_sub(d, interval extract(day from d) - 1 day)",
        "date_trunc('month', d)",
        "cast(date_trunc('month', d) as date)",
    ),
    (
        "day of the week",
        "extract(dayofweek from d) - 1",
        "extract(dayofweek from d)",
        "extract(dayofweek from d)",
    ),
    (
        "boundaries of hours",
        "timestamp_diff(timestamp_trunc(t, hour), timestamp '2024-01-01', hour)",
        "timestamp_diff(t, timestamp '2024-01-01 00:30:00', hour)",
        "date_diff('hour', timestamptz '2024-01-01 00:30:00+00', t)",
    ),
    (
        "text of JSON",
        "safe.json_value(j, '$.a')",
        "json_query(j, '$.a')",
        "case when json_valid(j) and json_type(j, '$.a') not in ('OBJECT', 'ARRAY') "
        "then json_extract_string(j, '$.a') end",
    ),
    (
        "elements of an array",
        "(select sum(x) from unnest([1, 2, n]) as x)",
        "(select sum(x) from unnest([1, 2, n]) as _x (x))",
        "(select cast(sum(x) as bigint) from unnest([1, 2, n]) as _x (x))",
    ),
    (
        "date of a text with a time",
        "cast(substr(s, 1, 10) as date)",
        "cast(s as date)",
        "cast(s as date)",
    ),
    (
        "part of a text that does not match",
        "coalesce(regexp_extract(s, r'^([a-z]+)'), '')",
        "regexp_extract(s, r'^([a-z]+)')",
        "regexp_extract(s, '^([a-z]+)', 1)",
    ),
    (
        "logarithm",
        "log10(n)",
        "log(n)",
        "log(n)",
    ),
    (
        "text of a float",
        "format('%.1f', x)",
        "cast(x as string)",
        "cast(x as string)",
    ),
    (
        "cast of a half",
        "cast(floor(x) as int64)",
        "cast(x as int64)",
        "cast(floor(x) as bigint)",
    ),
]
ROWS = """
select date '2024-03-03' as d, timestamp '2024-01-01 02:15:00+00' as t,
    '{"a": "x"}' as j, 10 as n, '2024-03-03 10:00:00' as s, cast(2.5 as float64) as x
union all
select date '2024-03-04', timestamp '2024-01-01 05:45:00+00',
    '{"a": ', 100, '2024-02-29 00:00:00', cast(1.0 as float64)
"""


@pytest.mark.parametrize(
    ("name", "right", "wrong", "duck"),
    EXPRESSIONS,
    ids=[item[0] for item in EXPRESSIONS],
)
def test_a_slip_in_an_expression_is_noticed(zetasql, name, right, wrong, duck) -> None:
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        con.execute("create type float64 as double")
        rows = ROWS.replace("timestamp '", "timestamptz '")
        _, expected = rows_of(con, f"select {duck} as y from ({rows})")

    def differs(expression: str) -> str:
        sql = f"select {expression} as y from ({ROWS})"
        answer = zetasql.execute(sql, {})
        return difference(answer.columns, answer.rows, expected)

    assert differs(right) == ""
    try:
        found = differs(wrong)
    except SqlError as error:
        found = str(error)
    assert found, f"{name}: nothing noticed"
