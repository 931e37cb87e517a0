"""The project executed by ZetaSQL and compared with DuckDB, relation by relation."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ott.bigquery import duckdb_build
from ott.bigquery.analyze import READERS, Analyzer
from ott.bigquery.compare import difference
from ott.bigquery.render import Node, Project
from ott.bigquery.types import days_of
from ott.bigquery.unit_tests import (
    UnitTestError,
    actual_sql,
    expected_sql,
)
from ott.bigquery.windows import Branch
from ott.bigquery.zetasql_client import (
    RELATION,
    Catalog,
    Column,
    Relation,
    SqlError,
    flat_name,
    relation_of,
)
from ott.contract import PROJECT_DIR

PEPPER_SOURCE = "source.ott.secret.pepper"
# A table to which rows are added is read as if it held only those below, about half.
ADDED_BY, HALF = "hash_uno", "8"


class Execution:
    """One set of raw logs, run through both engines."""

    def __init__(
        self, analyzer: Analyzer, duckdb: Project, raw: Path, pepper: str
    ) -> None:
        self.analyzer = analyzer
        self.project = analyzer.project
        self.report = analyzer.report
        self.tables: dict[str, Relation] = {}
        self._catalog: Catalog | None = None
        self._duckdb = duckdb
        self._con = duckdb_build.build(duckdb, raw, pepper)
        self._expected: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}
        self._add_sources(pepper)

    def close(self) -> None:
        """Close the DuckDB build and free the tables."""
        self._con.close()
        if self._catalog is not None:
            self.analyzer.zetasql.forget(self._catalog)

    def _add_sources(self, pepper: str) -> None:
        used = {key for node in self.project.nodes.values() for key in node.inputs}
        for key in sorted(used & self.project.sources.keys()):
            source = self.project.sources[key]
            name = flat_name(source["relation_name"])
            columns = self.analyzer.columns[name]
            if key == PEPPER_SOURCE:
                rows: list[tuple[Any, ...]] = [(pepper,)]
            else:
                listed = ", ".join(f'"{column.name}"' for column in columns)
                query = (
                    f"select {listed} from {source['schema']}.{source['identifier']}"
                )
                _, rows = duckdb_build.rows_of(self._con, query)
            self.tables[name] = relation_of(columns, rows)

    def run(self, tick: Callable[[], None]) -> None:
        """Execute and compare every seed, model, test and analysis in build order."""
        nodes = self.project.nodes.values()
        for node in nodes:
            if node.kind in READERS:
                continue
            if node.kind == "seed":
                self.tables[flat_name(node.relation)] = self._seed(node)
            relation = self.check(node)
            if relation is not None and node.relation:
                self.tables[flat_name(node.relation)] = relation
            tick()
        columns = {name: table.columns for name, table in self.tables.items()}
        self._catalog = self.analyzer.zetasql.register(columns, self.tables)
        for node in nodes:
            if node.kind in READERS:
                self.check(node)
                tick()

    def check(self, node: Node, sql: str | None = None) -> Relation | None:
        """Execute a node, or another SQL in its place, and compare with DuckDB."""
        if node.kind == "seed":
            relation = self.tables[flat_name(node.relation)]
        else:
            try:
                relation = self.execute(node.sql if sql is None else sql)
            except SqlError as error:
                self.report.fail(node, "fails on BigQuery", error, node.path)
                return None
        names, rows = self._expected_of(node)
        own = [column.name for column in relation.columns]
        if own != names:
            details = f"BigQuery: {', '.join(own)}\nDuckDB: {', '.join(names)}"
            self.report.fail(node, "other columns than on DuckDB", details, node.path)
            return relation
        if found := difference(relation.columns, relation.rows, rows):
            self.report.fail(node, "other rows than on DuckDB", found, node.path)
        self._check_not_null(node, relation)
        self.report.counts["relations" if node.relation else "queries"] += 1
        self.report.counts["rows"] += len(rows)
        if node.kind == "test" and rows:
            self.report.failing_tests.append(node.name)
        return relation

    def run_branch(
        self,
        branch: Branch,
        bigquery: Project,
        duckdb: Project,
        tick: Callable[[], None],
    ) -> None:
        """Execute what a run of a window would compute on the tables that are there.

        It must equal what DuckDB computes, and the rows that the tables hold already:
        the logs are those of the full build, so a run may change nothing.
        """
        for node in incremental(bigquery):
            self.check_branch(branch, node, duckdb.nodes[node.id].sql)
            tick()

    def check_branch(self, branch: Branch, node: Node, duckdb_sql: str) -> None:
        """Execute the query of one model and compare it with DuckDB's of the run."""
        label = f"{node} in a {branch.name} run"
        table = self.tables[flat_name(node.relation)]
        names = [column.name for column in table.columns]
        sql, window = node.sql, node.config["meta"].get("window")
        if not window:
            sql = _as_if_half(sql, node.relation)
            duckdb_sql = _as_if_half(duckdb_sql, self._duckdb.nodes[node.id].relation)
        try:
            relation = self.execute(sql)
        except SqlError as error:
            self.report.fail(label, "fails on BigQuery", error, node.path)
            return
        _, rows = duckdb_build.rows_of(self._con, duckdb_sql)
        if window:
            first, last = map(days_of, branch.days(window))
            position = names.index(window["field"])
            wanted = [row for row in table.rows if first <= row[position] <= last]
        else:
            # of the missing half those that the run reads: the others came long before
            missing = [row for row in table.rows if row[names.index(ADDED_BY)] >= HALF]
            wanted = [row for row in missing if row in set(rows)]
        for other, name in ((rows, "DuckDB"), (wanted, "the full build")):
            if found := difference(relation.columns, relation.rows, other, name):
                what = f"other rows than {name} has"
                self.report.fail(label, what, found, node.path)
        self.report.counts["branches"] += 1
        self.report.counts["branch_rows"] += len(rows)

    def execute(self, sql: str) -> Relation:
        """Execute a query on the relations that it names."""
        if self._catalog is not None:
            return self.analyzer.zetasql.execute(sql, self._catalog)
        names = {".".join(match.groups()) for match in RELATION.finditer(sql)}
        tables = {name: self.tables[name] for name in names if name in self.tables}
        return self.analyzer.zetasql.execute(sql, tables)

    def _expected_of(self, node: Node) -> tuple[list[str], list[tuple[Any, ...]]]:
        if node.id not in self._expected:
            query = duckdb_build.select_node(self._duckdb.nodes[node.id])
            self._expected[node.id] = duckdb_build.rows_of(self._con, query)
        return self._expected[node.id]

    def _seed(self, node: Node) -> Relation:
        columns = self.analyzer.columns[flat_name(node.relation)]
        with (PROJECT_DIR / node.path).open(encoding="utf-8", newline="") as file:
            rows = [
                [_cell(row[column.name], column) for column in columns]
                for row in csv.DictReader(file)
            ]
        return relation_of(columns, rows)

    def _check_not_null(self, node: Node, relation: Relation) -> None:
        """BigQuery refuses a null where the contract of a table says `not null`."""
        if node.kind != "model" or not node.config["contract"]["enforced"]:
            return
        for position, column in enumerate(relation.columns):
            declared = node.raw["columns"].get(column.name, {})
            kinds = {item["type"] for item in declared.get("constraints", [])}
            if "not_null" in kinds and any(
                row[position] is None for row in relation.rows
            ):
                self.report.fail(
                    node, "null where the contract forbids it", column.name
                )


def incremental(project: Project) -> list[Node]:
    """Return the models whose tables a run of a window adds to, in build order."""
    return [
        node
        for node in project.of_kind("model")
        if node.config["materialized"] == "incremental"
    ]


def _cell(text: str, column: Column) -> str | bool | None:
    """Return a value of a seed, in which an empty text is null."""
    if not text:
        return None
    return text == "true" if column.type_name == "bool" else text


def _as_if_half(sql: str, relation: str) -> str:
    half = f"(select * from {relation} where {ADDED_BY} < '{HALF}')"
    return sql.replace(f"from {relation}", f"from {half}")


def run_unit_tests(analyzer: Analyzer, tick: Callable[[], None]) -> None:
    """Execute every unit test on its given rows and compare with the expected ones."""
    for test in analyzer.project.unit_tests.values():
        run_unit_test(analyzer, test)
        tick()


def run_unit_test(
    analyzer: Analyzer, test: dict[str, Any], sql: str | None = None
) -> None:
    """Execute one unit test, or another SQL of its model in the model's place."""
    project, report, zetasql = analyzer.project, analyzer.report, analyzer.zetasql
    if sql is None:
        sql = project.unit_test_sql(test)
    label = f"unit test {test['name']}"
    try:
        query = actual_sql(project, test, sql, analyzer.columns_of_relation)
        actual = zetasql.execute(query, analyzer.no_tables)
        wanted = expected_sql(test, actual.columns)
        expected = zetasql.execute(wanted, analyzer.no_tables)
    except (SqlError, UnitTestError) as error:
        report.fail(label, "fails on BigQuery", error, test["original_file_path"])
        return
    if found := difference(actual.columns, actual.rows, expected.rows, "expectation"):
        what = "other rows than expected"
        report.fail(label, what, found, test["original_file_path"])
    report.counts["unit_tests"] += 1
