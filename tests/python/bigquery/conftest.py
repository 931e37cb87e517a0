"""The proof, run once for all tests of this folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import pytest

from ott.bigquery.analyze import Analyzer
from ott.bigquery.execute import Execution, incremental, run_unit_test
from ott.bigquery.prove import Proof, write_sample
from ott.bigquery.render import BIGQUERY, DUCKDB, Node, Project
from ott.bigquery.report import Failure, Report
from ott.bigquery.windows import Branch, windowed_branches
from ott.bigquery.zetasql_client import ZetaSql
from reference.generate import RUN_DATE, random_raw, write_raw

# Of the adversarial rows: a recent first day keeps the days to count few.
HISTORY = "2024-01-01"
VARIABLES: dict[str, object] = {"history_start_date": HISTORY}
ADVERSARIAL_SEED = 24  # has rows for every relation and instants of the year 9999


@dataclass
class Run:
    """What the proof found, and both executions to try changed SQL on."""

    proof: Proof
    report: Report
    analyzer: Analyzer
    sample: Execution
    adversarial: Execution
    sample_counts: Counter[str]
    sample_failing_tests: list[str]
    run_date: date

    def node(self, name: str) -> Node:
        nodes = self.analyzer.project.nodes.values()
        return next(node for node in nodes if node.name == name)

    def faults_of(self, name: str, old: str, new: str) -> list[Failure]:
        """What the proof finds where a text in a node's SQL is another.

        Only this node is analysed and executed, on the sample, on the adversarial rows
        and on those of its unit tests; the relations that it reads are there already.
        """
        report = Report()
        before = self.analyzer.report
        try:
            self.analyzer.report = report
            sql = self.node(name).sql
            assert old in sql, f"{name} has no such text; choose another mutation"
            self.analyzer.analyze_node(self.node(name), sql.replace(old, new))
            if not report.failures:
                self._execute(name, old, new, report)
        finally:
            self.analyzer.report = before
        return report.failures

    def _execute(self, name: str, old: str, new: str, report: Report) -> None:
        for execution in (self.sample, self.adversarial):
            project = execution.project
            node = project.nodes[self.node(name).id]
            kept, execution.report = execution.report, report
            execution.check(node, node.sql.replace(old, new))
            execution.report = kept
        project = self.analyzer.project
        for test in project.unit_tests.values():
            if test["model"] == name:
                sql = project.unit_test_sql(test).replace(old, new)
                run_unit_test(self.analyzer, test, sql)

    @cached_property
    def _branches(self) -> list[tuple[Execution, Branch, Project, Project]]:
        daily, _ = windowed_branches(self.run_date)
        _, backfill = windowed_branches(RUN_DATE, VARIABLES)
        return [
            (run, branch, *(self.proof.branch(e, branch) for e in (BIGQUERY, DUCKDB)))
            for run, branch in ((self.sample, daily), (self.adversarial, backfill))
        ]

    def branch_faults_of(self, name: str, old: str, new: str) -> list[Failure]:
        """The same in a daily run on the sample and a backfill of the adversarial rows.

        Days of the model's window stand for their names in the texts.
        """
        report = Report()
        for execution, branch, bigquery, duckdb in self._branches:
            node = replace(next(n for n in incremental(bigquery) if n.name == name))
            _, last = branch.days(node.config["meta"].get("window") or {})
            days = {"last": last, "before_last": last - timedelta(days=1)}
            assert old.format(**days) in node.sql, f"{name} has no such text"
            node.sql = node.sql.replace(old.format(**days), new.format(**days))
            kept, execution.report = execution.report, report
            try:
                execution.check_branch(branch, node, duckdb.nodes[node.id].sql)
            finally:
                execution.report = kept
        return report.failures


@pytest.fixture(scope="session")
def zetasql() -> ZetaSql:
    return ZetaSql()


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("proof")
    proof = Proof(folder / "dbt")
    run_date = write_sample(folder / "sample")
    analyzer = proof.analyze(run_date)
    proof.run_unit_tests(analyzer)
    sample = proof.execute(analyzer, folder / "sample", run_date)
    counts = Counter(proof.report.counts)
    failing = list(proof.report.failing_tests)

    rows = random_raw(ADVERSARIAL_SEED, 400, 60, HISTORY)
    write_raw(rows, folder / "adversarial")
    adversarial = proof.execute(
        proof.on_day(analyzer, RUN_DATE, VARIABLES),
        folder / "adversarial",
        RUN_DATE,
        VARIABLES,
    )
    yield Run(
        proof, proof.report, analyzer, sample, adversarial, counts, failing, run_date
    )
    sample.close()
    adversarial.close()
