"""Which columns a query reads, views followed to the tables behind them."""

from __future__ import annotations

from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from ott.bigquery.render import Project
from ott.contract import PROJECT_DIR


def columns_read(
    sql: str, project: Project, schema: dict[str, Any]
) -> dict[str, set[str]]:
    """Return the columns that a query reads by relation, views followed to tables."""
    tree = qualify(
        sqlglot.parse_one(sql, dialect="bigquery"), schema=schema, dialect="bigquery"
    )
    used: dict[str, set[str]] = {}
    for scope in traverse_scope(pushdown_projections(tree, schema=schema)):
        for alias, source in scope.sources.items():
            if isinstance(source, exp.Table):
                names = {col.name for col in scope.columns if col.table == alias}
                used.setdefault(source.name, set()).update(names)
    views = {
        one.name: one
        for one in project.of_kind("model")
        if one.config["materialized"] == "view"
    }
    for name in [name for name in used if name in views]:
        # of a view only what the columns in use are made of
        wanted = ", ".join(sorted(used.pop(name))) or "1"
        query = f"select {wanted} from ({views[name].sql}) as view_of"
        for relation, columns in columns_read(query, project, schema).items():
            used.setdefault(relation, set()).update(columns)
    return used


def schema_of(project: Project) -> dict[str, Any]:
    """Return the columns of every relation, as sqlglot wants them."""
    schema: dict[str, Any] = {}
    known = [node.raw for node in project.of_kind("model")]
    for raw in [*known, *project.sources.values()]:
        columns = dict.fromkeys(raw["columns"], "STRING")
        place = schema.setdefault(raw["database"], {}).setdefault(raw["schema"], {})
        place[raw.get("identifier") or raw["name"]] = columns
    for seed in project.of_kind("seed"):
        header = (PROJECT_DIR / seed.path).read_text(encoding="utf-8").split("\n")[0]
        place = schema.setdefault(seed.raw["database"], {})
        place.setdefault(seed.raw["schema"], {})[seed.name] = dict.fromkeys(
            header.strip().split(","), "STRING"
        )
    return schema
