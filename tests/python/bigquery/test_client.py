"""The client of ZetaSQL: values there and back, refusals with their place."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from ott.bigquery.types import (
    days_of,
    decode,
    encode,
    micros_of,
    parse_type,
    shown,
    type_name,
)
from ott.bigquery.zetasql_client import SqlError, columns_of, relation_of

TABLE = "p.d.t"
COLUMNS = columns_of(
    {"n": "int64", "s": "string", "d": "date", "t": "timestamp", "b": "bool"}
)

VALUES = [
    ("int64", -(2**63), None),
    ("int64", 2**63 - 1, None),
    ("bool", False, None),
    ("float64", 0.1, None),
    ("string", "가 'a' \\ \n", None),
    ("string", "", None),
    ("bytes", b"\x00\xff", None),
    ("date", date(1, 1, 1), -719162),
    ("date", date(9999, 12, 31), 2932896),
    ("timestamp", datetime(1969, 12, 31, 23, 59, 59, 999999), -1),
    ("timestamp", datetime(9999, 12, 31, 23, 59, 59, 999999), 253402300799999999),
    ("datetime", datetime(2024, 2, 29, 23, 59, 58, 7), None),
    ("numeric", Decimal("-0.000000001"), None),
    ("numeric", Decimal("99999999999999999999999999999.999999999"), None),
    ("numeric", Decimal(0), None),
    ("bignumeric", Decimal("1e-38"), None),
    ("array<string>", ["a", ""], None),
    ("array<int64>", [], None),
    ("struct<a int64, b array<string>>", {"a": None, "b": ["x"]}, None),
    ("array<struct<k string, v int64>>", [{"k": "x", "v": 1}], None),
]


@pytest.mark.parametrize(("type_", "value", "decoded"), VALUES, ids=str)
def test_a_value_comes_back_through_zetasql(zetasql, type_, value, decoded) -> None:
    columns = columns_of({"x": type_, "empty": type_})
    table = relation_of(columns, [(value, None)])
    answer = zetasql.execute("select x, empty from `p`.`d`.`t`", {TABLE: table})
    assert answer.rows == [(value if decoded is None else decoded, None)]
    assert [column.type_name for column in answer.columns] == [type_, type_]


LITERALS = [
    ("date '2024-02-29'", date(2024, 2, 29)),
    (
        "timestamp '2024-02-29 01:02:03.000004+09:00'",
        datetime(2024, 2, 28, 16, 2, 3, 4),
    ),
    ("timestamp '2024-02-29 01:02:03'", datetime(2024, 2, 29, 1, 2, 3)),
    ("numeric '12345678901234567890.5'", Decimal("12345678901234567890.5")),
    ("numeric '-1'", Decimal(-1)),
    ("bignumeric '1.5'", Decimal("1.5")),
    ("datetime '2024-02-29 01:02:03'", datetime(2024, 2, 29, 1, 2, 3)),
    ("true", True),
    ("[1, null]", [1, None]),
    ("struct(1 as a, 'x' as b)", {"a": 1, "b": "x"}),
]


@pytest.mark.parametrize(("literal", "value"), LITERALS)
def test_zetasql_writes_a_literal_as_the_client_does(zetasql, literal, value) -> None:
    answer = zetasql.execute(f"select {literal} as x", {})
    type_ = answer.columns[0].type
    assert answer.rows == [(decode(encode(value, type_), type_),)]


def test_types_are_written_as_they_are_read() -> None:
    for text in ("struct<a int64, b array<struct<c string>>>", "array<bool>", "json"):
        assert type_name(parse_type(text)) == text
    assert type_name(parse_type("numeric(18, 2)")) == "numeric"
    with pytest.raises(ValueError, match="no type 'hugeint'"):
        parse_type("hugeint")


def test_values_are_shown_readably() -> None:
    assert shown(days_of("2024-02-29"), parse_type("date")) == "2024-02-29"
    instant = micros_of(datetime(2024, 2, 29, 1, 2, 3, 4))
    assert shown(instant, parse_type("timestamp")) == "2024-02-29 01:02:03.000004"
    assert shown(None, parse_type("string")) == "NULL"


def test_a_syntax_error_names_its_place(zetasql) -> None:
    with pytest.raises(SqlError) as error:
        zetasql.analyze("select n\nfrom `p`.`d`.`t`\nwhere where", {TABLE: COLUMNS})
    assert "Unexpected keyword WHERE [at 3:7]" in str(error.value)
    assert str(error.value).endswith("where where\n      ^")


def test_an_unknown_table_is_named(zetasql) -> None:
    with pytest.raises(SqlError, match=r"Table not found: `p\.d\.missing`"):
        zetasql.analyze("select * from `p`.`d`.`missing`", {TABLE: COLUMNS})


def test_a_failing_query_says_why(zetasql) -> None:
    with pytest.raises(SqlError, match="division by zero"):
        zetasql.execute("select 1 / 0", {})


def test_functions_in_use_are_listed(zetasql) -> None:
    sql = "select sum(n) over (order by d), upper(s) || 'x', n + 1 from `p`.`d`.`t`"
    assert zetasql.analyze(sql, {TABLE: COLUMNS}).functions == {
        "concat",
        "sum",
        "upper",
    }


def test_a_registered_catalog_answers_as_tables_do(zetasql) -> None:
    table = relation_of(COLUMNS[:1], [(1,), (2,)])
    catalog = zetasql.register({TABLE: table.columns}, {TABLE: table})
    sql = "select sum(n) as n from `p`.`d`.`t`"
    assert zetasql.execute(sql, catalog).rows == [(3,)]
    assert zetasql.analyze(sql, catalog).columns[0].type_name == "int64"
    zetasql.forget(catalog)


# DuckDB accepts each of these, BigQuery none.
REFUSED = [
    "select n::string from `p`.`d`.`t`",
    "select * exclude (n) from `p`.`d`.`t`",
    "select sum(n) filter (where n > 1) from `p`.`d`.`t`",
    "select s ilike 'a' from `p`.`d`.`t`",
    "select median(n) from `p`.`d`.`t`",
    "select n % 2 from `p`.`d`.`t`",
    "select cast(n as int32) from `p`.`d`.`t`",
    "select iferror(n, 1) from `p`.`d`.`t`",
    "select n as a, a + 1 as b from `p`.`d`.`t`",
    "select n from `p`.`d`.`t` union select 1",
    "select date_trunc('week', d) from `p`.`d`.`t`",
    "select regexp_matches(s, 'a') from `p`.`d`.`t`",
    "select n = '1' from `p`.`d`.`t`",
    "select n from `p`.`d`.`t` where s = 1",
    "select d = t from `p`.`d`.`t`",
    "select b = 1 from `p`.`d`.`t`",
    "select 'it''s'",
    "select x from unnest([1]) as _u (x)",
    "select strftime(d, '%Y') from `p`.`d`.`t`",
    "select cast(s as hugeint) from `p`.`d`.`t`",
    "select arg_max(n, d) from `p`.`d`.`t`",
    "select typeof(n) from `p`.`d`.`t`",
    "create table `p`.`d`.`u` partition by missing as (select n from `p`.`d`.`t`)",
    "create table `p`.`d`.`u` (n date) as (select n from `p`.`d`.`t`)",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_bigquery_refuses_what_only_duckdb_accepts(zetasql, sql) -> None:
    with pytest.raises(SqlError):
        zetasql.analyze(sql, {TABLE: COLUMNS})


ACCEPTED = [
    "select n, rank() over w from `p`.`d`.`t` qualify true window w as (order by n)",
    "select string_agg(s, ',' order by s limit 3) from `p`.`d`.`t` group by all",
    "select * except (n) from `p`.`d`.`t`",
    "select cast(n as numeric(18, 2)), safe_cast(s as date) from `p`.`d`.`t`",
    "select s from `p`.`d`.`t` where n is distinct from 1 and regexp_contains(s, r'a')",
    "create or replace table `p`.`d`.`u` (n int64 not null, d date, "
    "primary key (n) not enforced) partition by d cluster by n "
    "options (require_partition_filter = true) as (select n, d from `p`.`d`.`t`)",
]


@pytest.mark.parametrize("sql", ACCEPTED)
def test_bigquery_accepts_its_own(zetasql, sql) -> None:
    zetasql.analyze(sql, {TABLE: COLUMNS})
