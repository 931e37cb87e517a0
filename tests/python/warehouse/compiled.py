"""The project compiled once, then run on any raw data in an in-memory DuckDB.

A dbt run costs seconds, so a property test can't afford one per example. dbt compiles
the models once; after that each example only executes their SQL in DAG order.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from dbt.cli.main import dbtRunner

from ott.contract import PROJECT_DIR, tables
from ott.duckdb_plugin import create_hash_functions
from ott.raw_tables import find_files, select_sql

DATABASE = "compiled"


@dataclass(frozen=True)
class Model:
    """A model's relation, such as `"compiled"."marts"."viewing_daily"`, and its SQL."""

    name: str
    schema: str
    relation: str
    sql: str


@dataclass(frozen=True)
class CompiledProject:
    """Models in an order in which they can be built."""

    models: tuple[Model, ...]
    products: Path
    manifest: dict[str, Any]

    def build(self, raw_path: Path, pepper: str) -> duckdb.DuckDBPyConnection:
        """Build every model from a raw folder; the caller closes the connection."""
        con = duckdb.connect()
        con.execute("set TimeZone = 'UTC'")
        con.execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'")
        con.execute(f"attach ':memory:' as {DATABASE}")
        con.execute(f"use {DATABASE}")
        con.execute("create type float64 as double")
        create_hash_functions(con, pepper)
        for table in tables():
            con.execute(f"create schema if not exists {table.schema}")
            con.execute(
                f"create view {table.schema}.{table.name} as "
                f"{select_sql(find_files(raw_path, table))}"
            )
        for schema in {model.schema for model in self.models} | {"reference"}:
            con.execute(f"create schema if not exists {schema}")
        con.execute(
            "create table reference.products as "
            f"select * from read_csv('{self.products}', types = "
            "{'list_price_krw': 'bigint', 'lines': 'bigint', "
            "'billing_months': 'bigint'})"
        )
        for model in self.models:
            kind = "view" if model.name.startswith("stg_") else "table"
            con.execute(f"create {kind} {model.relation} as {model.sql}")
        return con


def compile_project(
    directory: Path, run_date: date, variables: dict[str, Any] | None = None
) -> CompiledProject:
    """Compile the project for DuckDB with a run date and variables of its own."""
    (directory / "raw").mkdir(parents=True, exist_ok=True)
    profile = (PROJECT_DIR / "profiles.yml.example").read_text(encoding="utf-8")
    (directory / "profiles.yml").write_text(profile, encoding="utf-8")
    os.environ.update(
        OTT_DUCKDB_PATH=str(directory / f"{DATABASE}.duckdb"),
        OTT_RAW_PATH=str(directory / "raw"),
        OTT_HASH_PEPPER="pepper",
    )
    result = dbtRunner().invoke(
        [
            "compile",
            "--quiet",
            *("--target", "dev", "--project-dir", str(PROJECT_DIR)),
            *("--profiles-dir", str(directory)),
            *("--target-path", str(directory / "target")),
            *("--log-path", str(directory / "logs")),
            *("--vars", json.dumps({"run_date": str(run_date), **(variables or {})})),
        ]
    )
    if not result.success:
        raise RuntimeError(f"dbt compile failed: {result.exception}")
    manifest = json.loads((directory / "target" / "manifest.json").read_text())
    return CompiledProject(
        tuple(_in_order(manifest["nodes"])),
        PROJECT_DIR / "seeds" / "products.csv",
        manifest,
    )


def _in_order(nodes: dict[str, Any]) -> list[Model]:
    waiting = {key: node for key, node in nodes.items() if key.startswith("model.")}
    ordered: list[Model] = []
    done: set[str] = set()
    while waiting:
        ready = [
            key
            for key, node in waiting.items()
            if done.issuperset(
                k
                for k in node["depends_on"]["nodes"]
                if k in nodes and k.startswith("model.")
            )
        ]
        for key in ready:
            node = waiting.pop(key)
            done.add(key)
            ordered.append(
                Model(
                    node["name"],
                    node["schema"],
                    node["relation_name"],
                    node["compiled_code"],
                )
            )
    return ordered
