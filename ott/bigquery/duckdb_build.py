"""The same project built on DuckDB from the same raw logs, dbt's machinery left out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ott.bigquery.render import Node, Project
from ott.bigquery.types import days_of, micros_of
from ott.contract import PROJECT_DIR, kept_tables, tables
from ott.duckdb_plugin import create_hash_functions
from ott.raw_tables import find_files, select_sql

DATABASE = "compile"


def build(project: Project, raw: Path, pepper: str) -> duckdb.DuckDBPyConnection:
    """Build every seed and model in memory; the caller closes the connection."""
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'")
    con.execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'")
    con.execute(f"attach ':memory:' as {DATABASE}")
    con.execute(f"use {DATABASE}")
    con.execute("create type float64 as double")
    create_hash_functions(con, pepper)
    for table in (*tables(), *kept_tables()):
        con.execute(f"create schema if not exists {table.schema}")
        con.execute(
            f"create view {table.schema}.{table.name} as "
            f"{select_sql(find_files(raw, table))}"
        )
    for node in [*project.of_kind("seed"), *project.of_kind("model")]:
        con.execute(f'create schema if not exists "{node.raw["schema"]}"')
    for node in project.of_kind("seed"):
        types = ", ".join(
            f"'{name}': '{type_}'"
            for name, type_ in node.config["column_types"].items()
        )
        con.execute(
            f"create table {node.relation} as select * from "
            f"read_csv('{PROJECT_DIR / node.path}', header = true, types = {{{types}}})"
        )
    for node in project.of_kind("model"):
        kind = "view" if node.config["materialized"] == "view" else "table"
        con.execute(f"create {kind} {node.relation} as {node.sql}")
    return con


def rows_of(
    con: duckdb.DuckDBPyConnection, query: str
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return a query's columns and rows; dates as days, instants as microseconds."""
    table = con.execute(query).to_arrow_table()
    columns = [_plain(table.column(name)) for name in table.column_names]
    return table.column_names, list(zip(*columns, strict=True)) if columns else []


def select_node(node: Node) -> str:
    """Return the query that reads what a node built, or runs a test or analysis."""
    return (
        f"select * from {node.relation}" if node.kind in ("model", "seed") else node.sql
    )


def _plain(column: pa.ChunkedArray) -> list[Any]:
    if pa.types.is_timestamp(column.type):
        micros = pc.cast(column, pa.timestamp("us", tz=column.type.tz))
        return pc.cast(micros, pa.int64()).to_pylist()
    if pa.types.is_date32(column.type):
        return pc.cast(column, pa.int32()).to_pylist()
    if pa.types.is_nested(column.type):
        return [_nested(value) for value in column.to_pylist()]
    return column.to_pylist()


def _nested(value: Any) -> Any:
    if isinstance(value, list):
        return [_nested(item) for item in value]
    if isinstance(value, dict):
        return {name: _nested(item) for name, item in value.items()}
    if isinstance(value, datetime):
        return micros_of(value)
    return days_of(value) if isinstance(value, date) else value
