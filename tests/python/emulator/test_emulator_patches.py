"""Each replacement by itself; the proof shows that they work together."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from ott.emulator import patches

CONTRACT = """
create or replace table `p`.`d`.`t` (
    a string not null, b numeric(18, 4), primary key (a) not enforced
)
partition by b
options(description='''x''', labels=[('layer', 'marts')])
as (
    with x as (select 1 as a, 2 as b) select a, b from x
)
"""


# A process of its own: the replacements hold for a whole process.
TRANSLATE = """
import json, sys
from ott.emulator import patches
patches.apply()
from bqemulator.jobs.executor import _translator
sqls = json.load(sys.stdin)
open(sys.argv[1], "w").write(json.dumps([_translator.translate(s).value for s in sqls]))
"""

NULL_KEY = CONTRACT.replace("select 1 as a", "select null as a")
RESULTS: dict[str, object] = {
    "select cast(0.8333 as numeric)": Decimal("0.8333"),
    "select safe_cast(999999999999.99 as numeric)": Decimal("999999999999.99"),
    "select cast(5e-1 as numeric(18, 4)) / 1 + cast(x as numeric(18, 1)) "
    "from (select array_agg(0.25)[offset(0)] as x)": Decimal("0.8"),
    "select countif(x > 1) over (order by x) from unnest([1, 2]) as x "
    "order by x desc limit 1": 1,
    "select countif(x > 1) from unnest([1]) as x where x > 1": 0,
}


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what the patched translator makes of each statement."""
    sqls = [CONTRACT, NULL_KEY, *RESULTS]
    out = tmp_path_factory.mktemp("translated") / "sql.json"
    subprocess.run(
        [sys.executable, "-c", TRANSLATE, str(out)],
        input=json.dumps(sqls),
        text=True,
        check=True,
        capture_output=True,
    )
    return dict(zip(sqls, json.loads(out.read_text()), strict=True))


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute("attach ':memory:' as p")
    made.execute("create schema p.d")
    return made


@pytest.mark.parametrize("sql", RESULTS)
def test_a_statement_gives_what_bigquery_gives(
    translated: dict[str, str], con: duckdb.DuckDBPyConnection, sql: str
) -> None:
    assert con.execute(translated[sql]).fetchone() == (RESULTS[sql],)


def test_a_contract_gives_a_table_of_its_types(
    translated: dict[str, str], con: duckdb.DuckDBPyConnection
) -> None:
    con.execute(translated[CONTRACT])
    described = con.execute("describe p.d.t").fetchall()
    assert [row[:2] for row in described] == [("a", "VARCHAR"), ("b", "DECIMAL(18,4)")]
    assert con.execute("select * from p.d.t").fetchall() == [("1", 2)]


def test_a_null_where_the_contract_forbids_it_fails(
    translated: dict[str, str], con: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises(duckdb.Error, match="Required field a cannot be null"):
        con.execute(translated[NULL_KEY])


@pytest.mark.parametrize(
    "sql",
    [
        "select 1",
        "create table t as (select 1 as a)",
        "create table t (a string)",
        "this is no sql (",
    ],
)
def test_what_is_no_contract_stays_as_it_is(sql: str) -> None:
    assert patches.unfold_contract(sql) == sql


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("safe_cast(0.10 as numeric)", "safe_cast('0.10' as numeric)"),
        ("cast(-1.5 as NUMERIC)", "cast('-1.5' as NUMERIC)"),
        ("cast(x as numeric)", "cast(x as numeric)"),
        ("cast(1.5 as float64)", "cast(1.5 as float64)"),
    ],
)
def test_decimals_in_a_cast_stay_exact(sql: str, expected: str) -> None:
    assert patches.exact_decimals(lambda text: text)(sql) == expected


def test_a_tree_is_parsed_once_and_given_out_as_copies() -> None:
    calls: list[str] = []

    def stock(sql: str, **options: object) -> exp.Expr:
        calls.append(sql)
        return sqlglot.parse_one(sql)

    parse = patches.parse_once(stock)
    first = parse("select 1 as a", read="bigquery")
    first.find(exp.Alias).set("alias", exp.to_identifier("changed"))  # type: ignore[union-attr]
    assert parse("select 1 as a", read="bigquery").sql() == "SELECT 1 AS a"
    assert calls == ["select 1 as a"]
    parse("select 1 as a", read="duckdb")
    for number in range(patches.CACHED_STATEMENTS):
        parse(f"select {number}")
    parse("select 1 as a", read="bigquery")
    assert calls.count("select 1 as a") == 3


def test_a_function_that_is_gone_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        patches.replace(sqlglot, "no_such_name", None)
