"""The proof from end to end: raw logs, two builds on the emulator, one on DuckDB."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ott.contract import PROJECT_DIR
from ott.emulator import dbt_process
from ott.emulator.command import PLAYS
from ott.emulator.compare import Comparison, Relation, compare
from ott.emulator.load import PROJECT, client, load_pepper, load_raw
from ott.emulator.server import Server, running
from ott.errors import UserError
from ott.sample.run import Sample
from ott.sample.settings import Settings

START, END = date(2026, 5, 18), date(2026, 6, 21)
PLAYS_PER_ACCOUNT = 20
# With this one even the few accounts of the proof have a row of each kind of dirt.
SEED = 8
PEPPER = "pepper-of-the-emulator-proof"
BUILDS = ("first", "second")
SHOWN_FAILURES = 10

# Starts a progress bar from a label; what it returns is told how many of how many.
Steps = Callable[[str], Callable[[int, int], None]]


@dataclass
class Report:
    """What the proof did and found."""

    raw_rows: int = 0
    nodes: Counter[str] = field(default_factory=Counter)
    comparisons: list[Comparison] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    peak_memory: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def relations(self) -> int:
        """How many relations a build has."""
        return len({comparison.relation for comparison in self.comparisons})

    @property
    def empty(self) -> list[Relation]:
        """Relations without rows: they are equal, and show nothing."""
        return sorted(
            {found.relation for found in self.comparisons if not found.rows},
            key=str,
        )


class Proof:
    """A folder of its own, with the steps of the proof."""

    def __init__(self, folder: Path, steps: Steps | None = None) -> None:
        self.folder = folder
        self.raw = folder / "raw"
        self.run_date = END.isoformat()
        self.report = Report()
        self._steps = steps or (lambda label: lambda done, total: None)

    @contextmanager
    def _step(self, label: str) -> Iterator[Callable[[int, int], None]]:
        begin = time.perf_counter()
        yield self._steps(label)
        self.report.seconds[label] = time.perf_counter() - begin

    def write_sample(self, plays: int = PLAYS) -> None:
        """Write dense raw logs: few accounts, each with many plays."""
        days = (END - START).days + 1
        size = (max(10, plays // PLAYS_PER_ACCOUNT), max(1, plays // days))
        with self._step("raw logs"):
            for _ in Sample(self.raw, Settings(START, END, *size, SEED)).steps():
                pass

    def load(self, server: Server) -> None:
        """Load the raw tables and the pepper into the emulator."""
        with self._step("load"):
            bq = client(server.url)
            self.report.raw_rows = load_raw(bq, self.raw)
            load_pepper(bq, PEPPER)

    def build_on_emulator(self, server: Server, name: str) -> dbt_process.Run:
        """Build everything on the emulator: seeds, models, data and unit tests.

        Unit tests read no table, so the second build leaves them out.

        Raises:
            UserError: a node failed.
        """
        again = ["--exclude", "resource_type:unit_test"] if name != BUILDS[0] else []
        with self._step(f"{name} build") as on_node:
            run = dbt_process.on_emulator(
                ["build", *again],
                self.folder / "bigquery",
                self.run_date,
                server,
                on_node,
            )
        self.report.peak_memory = max(self.report.peak_memory, server.peak_memory())
        self.report.nodes.update(kind for kind, _ in run.statuses.elements())
        must_succeed(run, f"the {name} build on the emulator")
        return run

    @property
    def duckdb_file(self) -> Path:
        """The file that dbt-duckdb builds."""
        return self.folder / "duckdb" / "ott.duckdb"

    def build_on_duckdb(self) -> None:
        """Build seeds and models on DuckDB, from the same logs with the same pepper.

        Raises:
            UserError: a node failed.
        """
        folder = self.folder / "duckdb"
        folder.mkdir(parents=True, exist_ok=True)
        example = PROJECT_DIR / "profiles.yml.example"
        (folder / "profiles.yml").write_text(example.read_text(encoding="utf-8"))
        with self._step("DuckDB build") as on_node:
            run = dbt_process.run(
                [
                    *("build", "--target", "ci"),
                    *("--exclude-resource-type", "test", "unit_test"),
                ],
                folder,
                folder,
                {
                    "OTT_RAW_PATH": str(self.raw),
                    "OTT_DUCKDB_PATH": str(self.duckdb_file),
                    "OTT_HASH_PEPPER": PEPPER,
                    "OTT_RUN_DATE": self.run_date,
                },
                on_node,
            )
        must_succeed(run, "the build on DuckDB")

    def compare(self, name: str) -> None:
        """Compare what the stopped emulator holds with DuckDB's build."""
        relations = self._relations()
        with self._step(f"{name} comparison") as on_node:
            found = compare(
                relations,
                self.folder / "server" / "bqemulator.duckdb",
                PROJECT,
                self.duckdb_file,
                on_node,
            )
        self.report.comparisons += found
        self.report.failures += [
            f"After the {name} build, {found_one.relation} differs from DuckDB:\n"
            f"{found_one.fault}"
            for found_one in found
            if found_one.fault
        ]

    def _relations(self) -> list[Relation]:
        path = self.folder / "bigquery" / "target" / "manifest.json"
        nodes = json.loads(path.read_text(encoding="utf-8"))["nodes"].values()
        return sorted(
            (
                Relation(node["schema"], node["alias"])
                for node in nodes
                if node["resource_type"] in ("model", "seed", "snapshot")
                and node["config"]["materialized"] != "ephemeral"
            ),
            key=str,
        )


def prove(folder: Path, plays: int = PLAYS, steps: Steps | None = None) -> Report:
    """Run the whole proof in an empty folder.

    The emulator is stopped after each build, so that the file that it wrote can be
    read, and started again on that file for the second one.

    Raises:
        UserError: a build failed, or the emulator did.
    """
    proof = Proof(folder, steps)
    proof.write_sample(plays)
    proof.build_on_duckdb()
    for number, name in enumerate(BUILDS):
        with running(folder / "server") as server:
            if number == 0:
                proof.load(server)
            proof.build_on_emulator(server, name)
        proof.compare(name)
    return proof.report


def must_succeed(run: dbt_process.Run, what: str) -> None:
    """Check that a dbt command ran and that every node succeeded.

    Raises:
        UserError: it did not; the message names the nodes.
    """
    if run.results and not run.failures:
        return
    if not run.results:
        raise UserError(f"dbt stopped before {what} began. It says:\n{run.output}")
    failed = [found for found in run.failures if found["status"] != "skipped"]
    skipped = len(run.failures) - len(failed)
    shown = [
        f"{found['unique_id']}: {(found['message'] or found['status']).strip()}"
        for found in failed[:SHOWN_FAILURES]
    ]
    raise UserError(
        f"{len(failed)} of {len(run.results)} nodes failed in {what}, and {skipped} "
        "were left out because of that:\n" + "\n".join(shown)
    )
