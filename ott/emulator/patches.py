"""What bqemulator 1.4.0 needs before dbt-bigquery can build the project on it.

Each replacement says what dbt-bigquery sends, what the emulator as it comes makes of it
and what the replacement does. None of them makes invalid SQL pass on purpose: whether
SQL is valid is the matter of the ZetaSQL proof, never of this one.
"""

from __future__ import annotations

import importlib.util
import re
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.dialects.bigquery import BigQuery
from sqlglot.dialects.duckdb import DuckDB

CACHED_STATEMENTS = 64
DECIMAL_IN_CAST = re.compile(r"(?i)(cast\()(-?[0-9]+\.[0-9]+)( as numeric\b)")


def apply() -> None:
    """Replace the functions; call it before the server is imported."""
    # first, because the modules below take the names that they use at their import
    replace(sqlglot, "parse_one", parse_once(sqlglot.parse_one))

    from bqemulator.sql import translator
    from bqemulator.sql.rules import misc_helpers
    from bqemulator.storage.engine import DuckDBEngine

    replace(DuckDBEngine, "_load_spatial", load_spatial)
    # patched where it is used: the translator imported it by its name
    replace(translator, "rewrite_create_table_schema_ctas", unfold_contract)
    keep_precision(BigQuery.Generator.TRANSFORMS)
    stock_numeric = translator.rewrite_numeric_literals
    replace(translator, "rewrite_numeric_literals", exact_decimals(stock_numeric))
    rule = misc_helpers.CountIfEmptyZeroRule
    replace(rule, "applies_to", outside_windows(rule.applies_to))
    replace(
        DuckDB.Generator, "datatype_sql", wide_numeric(DuckDB.Generator.datatype_sql)
    )


def replace(owner: object, name: str, replacement: object) -> None:
    """Replace an attribute that must exist, so that another release fails aloud."""
    getattr(owner, name)
    setattr(owner, name, replacement)


def load_spatial(engine: Any) -> None:
    """Load DuckDB's spatial extension from its PyPI wheel.

    Sent: nothing; the emulator does it at its start. Stock: downloads the extension,
    which fails offline. Here: loads the file of the wheel, which changes nothing
    outside the environment either.
    """
    package = importlib.util.find_spec("duckdb_extension_spatial")
    if package is None or package.origin is None:
        raise RuntimeError(
            "The package duckdb-extension-spatial is not installed; "
            "pip install -r requirements.lock brings it."
        )
    folder = Path(package.origin).parent / "extensions" / f"v{duckdb.__version__}"
    quoted = str(folder / "spatial.duckdb_extension").replace("'", "''")
    engine.connection.execute(f"load '{quoted}'")


def unfold_contract(sql: str) -> str:
    """Turn the table of an enforced contract into a plain `create table as`.

    Sent: `create or replace table t (a string not null, primary key (a) not enforced)
    options(…) as (select …)`. Stock: unfolds the columns of a bare select only, not of
    one in parentheses, and leaves the key in place; DuckDB knows neither form.
    Here: selects each declared column by its name, with its declared type, from the
    select; a null where the contract has `not null` ends the statement with BigQuery's
    words, which the stock emulator would forget; keys go, as nothing enforces them.
    """
    try:
        tree = sqlglot.parse_one(sql, read="bigquery")
    except sqlglot.errors.ParseError:
        return sql  # the translator words the error
    if not isinstance(tree, exp.Create) or not isinstance(tree.this, exp.Schema):
        return sql
    body = tree.expression
    if not isinstance(body, exp.Query):
        return sql
    columns = list(tree.this.find_all(exp.ColumnDef))
    source = exp.Subquery(
        this=body.unnest() if isinstance(body, exp.Subquery) else body,
        alias=exp.to_identifier("declared"),
    )
    cast = exp.select(*map(_declared, columns)).from_(source)
    tree.set("this", tree.this.this)
    tree.set("expression", cast)
    return tree.sql(dialect="bigquery")


def _declared(column: exp.ColumnDef) -> exp.Expr:
    value = exp.column(column.this.copy())
    typed: exp.Expr = exp.Cast(this=value, to=column.args["kind"].copy())
    kinds = [constraint.kind for constraint in column.constraints]
    if any(isinstance(kind, exp.NotNullColumnConstraint) for kind in kinds):
        text = exp.Literal.string(f"Required field {column.name} cannot be null")
        is_null = exp.Is(this=value.copy(), expression=exp.Null())
        typed = exp.Case().when(is_null, exp.func("error", text)).else_(typed)
    return exp.alias_(typed, column.this.copy())


def outside_windows(
    stock: Callable[[Any, Any], bool],
) -> Callable[[Any, Any], bool]:
    """Return the test of the rule for `countif` that leaves windows alone.

    Sent: `countif(x) over (…)`. Stock: wraps every `countif(x)` in `coalesce(…, 0)`,
    also before an `over`, which no engine can parse. Here: not before an `over`, where
    each frame of the project holds at least the current row.
    """

    def applies_to(rule: Any, node: Any) -> bool:
        return not isinstance(node.parent, exp.Window) and stock(rule, node)

    return applies_to


def wide_numeric(
    stock: Callable[[Any, exp.DataType], str],
) -> Callable[[Any, exp.DataType], str]:
    """Return the writer of DuckDB's types that knows how wide BigQuery's `numeric` is.

    Sent: `cast(x as numeric)`, in the fixtures of unit tests among others. Stock:
    writes `decimal`, which DuckDB takes for 18 digits, 3 decimals, so 0.8333 becomes
    0.833. Here: writes BigQuery's 38 digits, 9 decimals.
    """

    def datatype_sql(writer: Any, node: exp.DataType) -> str:
        if node.this == exp.DataType.Type.DECIMAL and not node.expressions:
            return "DECIMAL(38, 9)"
        return stock(writer, node)

    return datatype_sql


def keep_precision(written: dict[type[exp.Expr], Any]) -> None:
    """Let a cast to `numeric(18, 4)` keep its 18 digits and 4 decimals.

    Sent: `cast(x as numeric(18, 4))`, which rounds. Stock: most rewriters write the
    statement out again as BigQuery's, and sqlglot leaves the parameters of a type in a
    cast out there, so nothing is rounded. Here: they stay.
    """
    del written[exp.Cast]


def exact_decimals(stock: Callable[[str], str]) -> Callable[[str], str]:
    """Return the rewriter of `numeric` literals that also takes those in a cast.

    Sent: `safe_cast(999999999999.99 as numeric)`, the fixtures of unit tests. Stock:
    reads the literal as float64 first, which gives 999999999999.990038528; BigQuery
    takes the digits as written. Here: hands them over as text, which is exact.
    """

    def rewrite(sql: str) -> str:
        return stock(DECIMAL_IN_CAST.sub(r"\1'\2'\3", sql))

    return rewrite


def parse_once(stock: Callable[..., exp.Expr]) -> Callable[..., exp.Expr]:
    """Return a parser that remembers the last statements.

    Sent: anything. Stock: about twenty rewriters parse the same statement one after the
    other, which is most of a build's time. Here: the same tree, as a copy each time.
    """
    trees: OrderedDict[tuple[str, object], exp.Expr] = OrderedDict()

    def parse_one(sql: str, read: Any = None, **options: Any) -> exp.Expr:
        if options or not isinstance(sql, str):
            return stock(sql, read=read, **options)
        key = (sql, read)
        if key not in trees:
            trees[key] = stock(sql, read=read)
            if len(trees) > CACHED_STATEMENTS:
                trees.popitem(last=False)
        trees.move_to_end(key)
        return trees[key].copy()

    return parse_one
