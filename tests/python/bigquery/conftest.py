"""The proof, run once for all tests of this folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ott.bigquery.analyze import Analyzer
from ott.bigquery.execute import Execution, run_unit_test
from ott.bigquery.prove import Proof, write_sample
from ott.bigquery.render import Node
from ott.bigquery.report import Failure, Report
from ott.bigquery.zetasql_client import ZetaSql
from reference.generate import RUN_DATE, random_raw, write_raw

# Of the adversarial rows: a recent first day keeps the days to count few.
HISTORY = "2024-01-01"
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
    variables: dict[str, object] = {"history_start_date": HISTORY}
    adversarial = proof.execute(
        proof.on_day(analyzer, RUN_DATE, variables),
        folder / "adversarial",
        RUN_DATE,
        variables,
    )
    yield Run(proof, proof.report, analyzer, sample, adversarial, counts, failing)
    sample.close()
    adversarial.close()
