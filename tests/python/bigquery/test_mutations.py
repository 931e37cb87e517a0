"""SQL that BigQuery would refuse or answer otherwise: the proof must notice each.

Each mutation is one slip that a person used to DuckDB makes. It is put into the
compiled BigQuery SQL of one of the project's own nodes; what the project does not use
yet is a small expression of its own, compared with DuckDB in the same way.
"""

from __future__ import annotations

import duckdb
import pytest

from ott.bigquery.compare import difference
from ott.bigquery.duckdb_build import rows_of
from ott.bigquery.zetasql_client import SqlError

pytestmark = pytest.mark.xdist_group("bigquery")

# name, node, text in its compiled SQL, text in its place
MUTATIONS = [
    (
        "division of integers as DuckDB's // gives it",
        "which_device_type_counts_time_twice",
        "reported_seconds / 3600",
        "div(reported_seconds, 3600)",
    ),
    (
        "nulls first in a descending order",
        "int_restricted__viewing_logs_judged",
        "device_type desc nulls last",
        "device_type desc nulls first",
    ),
    (
        "elapsed hours where micros are compared",
        "int_restricted__viewing_logs_judged",
        "timestamp_diff(viewing_logs.ended_at, viewing_logs.started_at, microsecond)\n"
        "                > 24 * 3600000000",
        "timestamp_diff(viewing_logs.ended_at, viewing_logs.started_at, hour) > 24",
    ),
    (
        "date_diff in DuckDB's order",
        "int_restricted__subscription_spells",
        "date_diff(date '",
        "-1 * date_diff(date '",
    ),
    (
        "greatest over a null",
        "int_restricted__watched_plays",
        "covered_until is null or covered_until <= started_at",
        "greatest(covered_until, started_at) = started_at",
    ),
    (
        "least over a null",
        "int_restricted__watched_plays",
        "least(play_seconds, uncovered_seconds) as watched_seconds",
        "least(play_seconds, uncovered_seconds, nullif(0, 0)) as watched_seconds",
    ),
    (
        "concat over a null",
        "int_restricted__account_hashes",
        "`secret`.`pepper`), uno)",
        "`secret`.`pepper`), uno, nullif('', ''))",
    ),
    (
        "a digest in bytes and not in text",
        "int_restricted__account_hashes",
        "to_hex(sha512(concat((select pepper",
        "(sha512(concat((select pepper",
    ),
    (
        "union without distinct",
        "int_restricted__account_hashes",
        "union distinct",
        "union",
    ),
    (
        "a cast that rounds where floor was meant",
        "int_restricted__watched_plays",
        "cast(floor(timestamp_diff(ended_at, started_at, microsecond) / 1000000) as",
        "cast((timestamp_diff(ended_at, started_at, microsecond) / 1000000) as",
    ),
    (
        "an alias used again in the same select",
        "int_restricted__watched_plays",
        "play_seconds - least(play_seconds, interval_seconds) as excess_seconds",
        "reported_seconds - least(play_seconds, interval_seconds) as excess_seconds",
    ),
    (
        "trim that takes every kind of space",
        "clean_text__trims_spaces_only",
        "trim(text, ' ')",
        "trim(text)",
    ),
    (
        "a pattern that need not match the whole text",
        "stg_billing__subscription_events",
        "r'^(?:[0-9]{1,12}([.][0-9]{1,2})?)$'",
        "r'[0-9]{1,12}([.][0-9]{1,2})?'",
    ),
    (
        "a float where the contract asks for a numeric",
        "paid_subscribers_daily",
        "as numeric(18, 4)",
        "as float64",
    ),
    (
        "a numeric cut to whole won",
        "int_restricted__subscription_events",
        "events.amount_krw,",
        "cast(events.amount_krw as int64) as amount_krw,",
    ),
    (
        "an instant at the end of the year 9999 moved past it",
        "int_restricted__subscription_periods",
        "when ended.ended_at >= timestamp '9999-12-31 15:00:00'",
        "when ended.ended_at > timestamp '9999-12-31 23:59:59.999999'",
    ),
    (
        "a column that is not grouped by",
        "viewing_daily",
        "group by view_date, program_id, content_type, device_type",
        "group by view_date, program_id, content_type",
    ),
    (
        "an aggregate with filter",
        "viewing_daily",
        "countif(is_valid_view)",
        "count(*) filter (where is_valid_view)",
    ),
    (
        "a number compared with a text",
        "int_restricted__viewing_logs_judged",
        "when copy_number = 1 then",
        "when copy_number = '1' then",
    ),
    (
        "a date compared with an instant",
        "int_first_view__views",
        "starts.subscription_date = plays.view_date",
        "starts.subscription_date = plays.started_at",
    ),
    (
        "a date moved by an interval, which gives a datetime",
        "first_views_daily",
        "date_add(subscription_date, interval 7 day) as subscription_date",
        "subscription_date + interval 7 day as subscription_date",
    ),
    (
        "days as DuckDB lists them",
        "int_subscription__level_days",
        "unnest(generate_date_array(first_days.first_date, date",
        "unnest(generate_series(first_days.first_date, date",
    ),
    (
        "a cast by two colons",
        "int_subscription__revenue_daily",
        "as numeric(18, 2))",
        "::numeric(18, 2))",
    ),
]


@pytest.mark.parametrize(
    ("name", "node", "old", "new"), MUTATIONS, ids=[item[0] for item in MUTATIONS]
)
def test_the_proof_notices(run, name, node, old, new) -> None:
    assert run.faults_of(node, old, new), f"{name}: nothing noticed in {node}"


@pytest.mark.parametrize("node", sorted({item[1] for item in MUTATIONS}))
def test_the_proof_passes_what_is_right(run, node) -> None:
    sql = run.node(node).sql
    assert run.faults_of(node, sql, sql) == []


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
