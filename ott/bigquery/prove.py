"""The proof from end to end: compile, analyse, execute on raw logs, compare."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from ott.bigquery.analyze import Analyzer
from ott.bigquery.command import PLAYS, SEED
from ott.bigquery.execute import Execution, incremental, run_unit_tests
from ott.bigquery.kept_sample import write_kept
from ott.bigquery.render import BIGQUERY, DUCKDB, Dbt, Project
from ott.bigquery.report import Report
from ott.bigquery.windows import Branch, windowed_branches
from ott.bigquery.zetasql_client import ZetaSql
from ott.sample.run import Sample
from ott.sample.settings import SERVICE_LAUNCH, Settings

# From the launch of the service on, so that every subscription starts on a shown day.
DAYS = 58
ACCOUNTS = 900  # of the whole sample; about 40 of them have opened after these days
# Plays on a day of the first weeks, when the service is small, per average day.
GROWTH = 0.8
PEPPER = "pepper-of-the-proof"

Steps = Callable[[str, int], Callable[[], None]]


def write_sample(folder: Path, plays: int = PLAYS, seed: int = SEED) -> date:
    """Write dense raw logs of the service's first weeks; return their last day."""
    last = SERVICE_LAUNCH + timedelta(days=DAYS - 1)
    a_day = max(1, round(plays / DAYS / GROWTH))
    for _ in Sample(
        folder, Settings(SERVICE_LAUNCH, last, ACCOUNTS, a_day, seed)
    ).steps():
        pass
    write_kept(folder, last)
    return last


class Proof:
    """The project for both engines, ready to run on any number of raw folders."""

    def __init__(self, folder: Path, steps: Steps | None = None) -> None:
        """Parse the project for both engines; `folder` takes dbt's files."""
        self.report = Report()
        self._steps = steps or (lambda label, length: lambda: None)
        with self._timed("start"):
            self.zetasql = ZetaSql()
        with self._timed("compile"):
            tick = self._steps("dbt reads the project", 2)
            self._bigquery = Dbt(folder / BIGQUERY, BIGQUERY)
            tick()
            self._duckdb = Dbt(folder / DUCKDB, DUCKDB)
            tick()

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        passed = time.perf_counter() - begin
        self.report.seconds[name] = self.report.seconds.get(name, 0) + passed

    def analyze(
        self, run_date: date, variables: dict[str, object] | None = None
    ) -> Analyzer:
        """Compile for a day and analyse every statement, also of runs of a window."""
        with self._timed("compile"):
            project = self._bigquery.project(run_date, variables)
        analyzer = Analyzer(self.zetasql, project, self.report)
        with self._timed("analyse"):
            tick = self._steps("Analysing every statement", _steps_of(project))
            analyzer.run(tick)
        for branch in windowed_branches(run_date, variables):
            self._analyze_branch(analyzer, branch)
        return analyzer

    def on_day(
        self, analyzer: Analyzer, run_date: date, variables: dict[str, object]
    ) -> Analyzer:
        """Return the same project compiled for another day and other variables."""
        with self._timed("compile"):
            project = self._bigquery.project(run_date, variables)
        return Analyzer(self.zetasql, project, self.report, analyzer.columns)

    def _analyze_branch(self, analyzer: Analyzer, branch: Branch) -> None:
        with self._timed("compile"):
            project = self.branch(BIGQUERY, branch)
        nodes = project.nodes.values()
        with self._timed("analyse"):
            tick = self._steps(f"Analysing a {branch.name} run", len(nodes))
            for node in nodes:
                analyzer.analyze_branch(node)
                tick()

    def branch(self, engine: str, branch: Branch) -> Project:
        """Compile the project for a run on tables that are there."""
        dbt = self._bigquery if engine == BIGQUERY else self._duckdb
        return dbt.project(branch.run_date, branch.variables, "window")

    def run_unit_tests(self, analyzer: Analyzer) -> None:
        """Execute every unit test."""
        with self._timed("unit tests"):
            tests = analyzer.project.unit_tests
            run_unit_tests(analyzer, self._steps("Running unit tests", len(tests)))

    def execute(
        self,
        analyzer: Analyzer,
        raw: Path,
        run_date: date,
        variables: dict[str, object] | None = None,
        pepper: str = PEPPER,
    ) -> Execution:
        """Execute the project on raw logs and compare it with DuckDB's build.

        The caller closes the result.
        """
        with self._timed("DuckDB"):
            project = self._duckdb.project(run_date, variables)
            execution = Execution(analyzer, project, raw, pepper)
        with self._timed("execute"):
            nodes = len(analyzer.project.nodes)
            execution.run(self._steps("Executing and comparing", nodes))
        for branch in windowed_branches(run_date, variables):
            with self._timed("compile"):
                bigquery = self.branch(BIGQUERY, branch)
                duckdb = self.branch(DUCKDB, branch)
            with self._timed("execute"):
                nodes = len(incremental(bigquery))
                tick = self._steps(f"Executing a {branch.name} run", nodes)
                execution.run_branch(branch, bigquery, duckdb, tick)
        return execution


def _steps_of(project: Project) -> int:
    created = sum(bool(node.ddl) for node in project.nodes.values())
    return len(project.nodes) + created


def prove(
    raw: Path | None,
    run_date: date | None,
    plays: int = PLAYS,
    seed: int = SEED,
    steps: Steps | None = None,
) -> Report:
    """Run the whole proof on a raw folder, or on a sample made for it.

    Args:
        raw: raw folder; None writes a sample.
        run_date: last closed day of the folder; needed with `raw` only.
        plays: size of the sample.
        seed: seed of the sample.
        steps: starts a progress bar from a label and a length, and returns its tick.
    """
    with tempfile.TemporaryDirectory(prefix="ott-prove-") as directory:
        folder = Path(directory)
        proof = Proof(folder, steps)
        if raw is None or run_date is None:
            raw = folder / "raw"
            run_date = write_sample(raw, plays, seed)
        analyzer = proof.analyze(run_date)
        if not proof.report.failures:
            proof.run_unit_tests(analyzer)
            proof.execute(analyzer, raw, run_date).close()
        return proof.report
