"""Every statement of the project, analysed as BigQuery would analyse it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ott.bigquery.ddl import TEMPORARY
from ott.bigquery.render import Node, Project
from ott.bigquery.report import Report
from ott.bigquery.types import parse_type, type_name
from ott.bigquery.unit_tests import Columns, UnitTestError
from ott.bigquery.zetasql_client import (
    RELATION,
    Analysis,
    Catalog,
    SqlError,
    ZetaSql,
    columns_of,
    flat_name,
)

READERS = ("test", "analysis")  # nothing reads them
SELECTED = ("model", *READERS)
PARTITION_TYPES = {
    "date": ("date",),
    "timestamp": ("timestamp",),
    "datetime": ("datetime",),
    "int64": ("int64",),
}
CLUSTER_TYPES = frozenset(
    (
        "bignumeric",
        "bool",
        "date",
        "datetime",
        "int64",
        "numeric",
        "string",
        "timestamp",
    )
)
CLUSTER_COLUMNS = 4


class Analyzer:
    """Analyses nodes in build order; each model's columns serve the next."""

    def __init__(
        self,
        zetasql: ZetaSql,
        project: Project,
        report: Report,
        columns: dict[str, Columns] | None = None,
    ) -> None:
        """Start with the columns of the sources, or with those found before."""
        self.zetasql = zetasql
        self.project = project
        self.report = report
        self.columns: dict[str, Columns] = dict(columns or {})
        self._catalog: Catalog | None = None
        # unit tests read nothing but what they give
        self.no_tables = zetasql.register({})
        for source in project.sources.values():
            types = {
                name: column["data_type"] for name, column in source["columns"].items()
            }
            self.columns[flat_name(source["relation_name"])] = columns_of(types)

    def run(self, tick: Callable[[], None]) -> None:
        """Analyse every node but the unit tests; `tick` is called after each."""
        nodes = self.project.nodes.values()
        for node in nodes:
            if node.kind not in READERS:
                self.analyze_node(node)
                tick()
        self._catalog = self.zetasql.register(self.columns)
        for node in nodes:
            if node.ddl:
                if self._analyze(node, node.ddl):
                    self.report.counts["create"] += 1
                tick()
            if node.kind in READERS:
                self.analyze_node(node)
                tick()

    def analyze_node(self, node: Node, sql: str | None = None) -> Columns | None:
        """Analyse one node, or another SQL in its place; return its columns.

        None means that something is wrong, which the report then holds.
        """
        if node.kind == "seed":
            columns = columns_of(node.config["column_types"])
            self.columns[flat_name(node.relation)] = columns
            self.report.counts["seeds"] += 1
            return columns
        if node.kind not in SELECTED:
            self.report.fail(node, "the proof knows no such kind of node", node.path)
            return None
        analysis = self._analyze(node, node.sql if sql is None else sql)
        if analysis is None:
            return None
        self.report.counts[node.kind] += 1
        if node.kind == "model":
            before = len(self.report.failures)
            self._check_model(node, analysis.columns)
            if node.relation and sql is None:
                self.columns[flat_name(node.relation)] = analysis.columns
            if len(self.report.failures) > before:
                return None
        return analysis.columns

    def analyze_branch(self, node: Node) -> None:
        """Analyse what a run of a window makes of a node: another SQL, an addition.

        The query has the columns of the full one, and the statement that puts its rows
        in place fits the table.
        """
        full = self.project.nodes[node.id]
        if node.addition:
            name = flat_name(node.relation)
            computed = {f"{name}{TEMPORARY}": self.columns[name]}
            tables = self.tables(node.addition) | computed
            if self._analyze(node, node.addition, tables):
                self.report.counts["addition"] += 1
        if not node.sql or node.sql == full.sql:
            return
        analysis = self._analyze(node, node.sql)
        if analysis is None:
            return
        self.report.counts["incremental" if node.kind == "model" else "windowed"] += 1
        if node.kind != "model":
            return
        wanted = {c.name: c.type_name for c in self.columns[flat_name(node.relation)]}
        own = {column.name: column.type_name for column in analysis.columns}
        if own != wanted:
            details = f"incremental: {own}\nfull: {wanted}"
            what = "other columns in the incremental branch"
            self.report.fail(node, what, details, node.path)

    def tables(self, sql: str) -> dict[str, Columns]:
        """Return the known relations that a statement names."""
        names = {".".join(match.groups()) for match in RELATION.finditer(sql)}
        return {name: self.columns[name] for name in names if name in self.columns}

    def _analyze(
        self, node: Node, sql: str, tables: dict[str, Columns] | None = None
    ) -> Analysis | None:
        self.report.counts["statements"] += 1
        try:
            known = tables or self._catalog or self.tables(sql)
            analysis = self.zetasql.analyze(sql, known)
        except SqlError as error:
            self.report.fail(node, "BigQuery refuses the SQL", error, node.path)
            return None
        self.report.functions |= analysis.functions
        return analysis

    def _check_model(self, node: Node, columns: Columns) -> None:
        names = [column.name for column in columns]
        if twice := {name for name in names if names.count(name) > 1 or not name}:
            self.report.fail(
                node, "columns without a name of their own", twice, node.path
            )
        types = {column.name: column.type_name for column in columns}
        if node.config["contract"]["enforced"]:
            self.report.counts["contracts"] += 1
            if wrong := contract_faults(types, node.raw["columns"]):
                self.report.fail(
                    node, "not as its contract", "\n".join(wrong), node.path
                )
        if wrong := design_faults(types, node.config):
            what = "partition or cluster columns"
            self.report.fail(node, what, "\n".join(wrong), node.path)

    def columns_of_relation(self, relation: str) -> Columns:
        """Return the columns of a relation that was analysed or declared before."""
        name = flat_name(relation)
        if name not in self.columns:
            raise UnitTestError(f"The columns of {name} are unknown.")
        return self.columns[name]


def contract_faults(types: dict[str, str], declared: dict[str, Any]) -> list[str]:
    """Return how the columns of a query differ from the contract of its model."""
    wanted = {
        name: type_name(parse_type(column["data_type"]))
        for name, column in declared.items()
    }
    return [
        f"{name}: the SQL gives {types.get(name, 'no such column')}, "
        f"the contract asks for {wanted.get(name, 'no such column')}"
        for name in dict.fromkeys([*types, *wanted])
        if types.get(name) != wanted.get(name)
    ]


def design_faults(types: dict[str, str], config: dict[str, Any]) -> list[str]:
    """Return what is wrong with the columns to partition and to cluster by."""
    faults = []
    partition = config.get("partition_by")
    if isinstance(partition, dict):
        field, kind = partition["field"], partition.get("data_type", "date")
        if types.get(field) not in PARTITION_TYPES.get(kind, ()):
            faults.append(
                f"partition_by {field} as {kind}, but the column is "
                f"{types.get(field, 'missing')}"
            )
    cluster = config.get("cluster_by") or []
    cluster = [cluster] if isinstance(cluster, str) else cluster
    if len(cluster) > CLUSTER_COLUMNS:
        faults.append(f"cluster_by {len(cluster)} columns; BigQuery takes 4")
    faults += [
        f"cluster_by {name}, which is {types.get(name, 'missing')}"
        for name in cluster
        if types.get(name) not in CLUSTER_TYPES
    ]
    return faults
