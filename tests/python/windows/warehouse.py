"""A warehouse that the real dbt builds in this process, and what it then holds."""

from __future__ import annotations

import os
import re
import shutil
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ott.contract import PROJECT_DIR
from ott.environment import set_environment
from windows.model import Model
from windows.raw import Raw, write_folder

PEPPER = "pepper-of-the-windows"
# Only what grows by day, and what is made of it, since nothing else changes.
GROWING = ("--select", "config.materialized:incremental", "log_reconciliation")
# On another day, too, the tables that a growing model reads and that change by day.
GROWING_AND_READ = (
    *("--select", "1+config.materialized:incremental"),
    *("int_restricted__subscription_spells", "--exclude"),
    *(
        "config.materialized:view",
        "path:models/intermediate/content",
        "path:models/marts",
    ),
)
Values = tuple[Any, ...]


@dataclass
class Rows:
    """What a relation holds, in no order."""

    columns: list[str]
    rows: Counter[Values] = field(default_factory=Counter)

    def by_date(self, column: str) -> dict[date, Counter[Values]]:
        """The rows of each date of a column."""
        at = self.columns.index(column)
        found: dict[date, Counter[Values]] = {}
        for row, count in self.rows.items():
            found.setdefault(row[at], Counter())[row] = count
        return found

    def records(self) -> list[dict[str, Any]]:
        """The rows by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


State = dict[str, Rows]


def windowed_models() -> list[str]:
    """Names of the models whose design has a window, from their files alone."""
    designed = re.compile(r"table_design\([^}]*\bwindow\s*=(?!\s*none\b)")
    return sorted(
        path.stem
        for path in (PROJECT_DIR / "models").rglob("*.sql")
        if designed.search(path.read_text(encoding="utf-8"))
    )


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set exactly these of the project's environment variables for a while."""
    with set_environment(values):
        for name in os.environ.keys() - values.keys():
            if name.startswith(("OTT_", "DBT_")):
                del os.environ[name]
        yield


class Warehouse(ABC):
    """A folder with raw logs, a dbt profile, and dbt's own files, kept between runs."""

    target: str
    # False where a model's config depends on the day, so that each run parses it anew
    reuses_parse = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.raw = folder / "raw"
        self.manifest: Any = None
        folder.mkdir(parents=True, exist_ok=True)

    @abstractmethod
    def variables(self) -> dict[str, str]:
        """Environment variables of the warehouse."""

    @abstractmethod
    def load(self, raw: Raw) -> None:
        """Put these rows in the place of the raw logs that are there."""

    @abstractmethod
    def read(self, models: Iterable[Model]) -> State:
        """Read what relations hold."""

    @abstractmethod
    def execute(self, statement: str) -> None:
        """Execute a statement that both engines know, on tables `schema.name`."""

    def run(
        self,
        day: date,
        *selection: str,
        backfill: tuple[date, date] | None = None,
        command: str = "run",
        warm: bool = False,
    ) -> Any:
        """Run dbt for a closed day, or for the days of a backfill.

        Args:
            day: the run date.
            selection: dbt's further arguments.
            backfill: first and last day.
            command: dbt's command.
            warm: whether dbt reads what it parsed before from its target folder,
                as it does by default; otherwise the parsed project is handed over.
        """
        days = {"OTT_RUN_DATE": day.isoformat()}
        if backfill:
            first, last = backfill
            days |= {"OTT_START_DATE": f"{first}", "OTT_END_DATE": f"{last}"}
        return self._invoke([command, *selection], days, self.reuses_parse and not warm)

    def parse(self, day: date) -> None:
        """Parse the project once, for all runs that do not ask for a warm parse."""
        self.manifest = self._invoke(
            ["parse"], {"OTT_RUN_DATE": day.isoformat()}, False
        )
        self._references = [
            (constraint, constraint.to)
            for node in self.manifest.nodes.values()
            for constraint in _constraints(node)
        ]

    @property
    def models(self) -> dict[str, Model]:
        """All models of the manifest by name."""
        return {
            node.name: Model(
                node.name,
                node.schema,
                node.config.materialized,
                node.config.meta.get("window")
                if node.config.materialized == "incremental"
                else None,
            )
            for node in self.manifest.nodes.values()
            if node.resource_type == "model"
        }

    def state(self, models: Iterable[str] | None = None) -> State:
        """Read models, or all of the project."""
        wanted = self.models if models is None else models
        return self.read([self.models[name] for name in wanted])

    def _invoke(
        self, arguments: Sequence[str], days: Mapping[str, str], reuse: bool
    ) -> Any:
        from dbt.cli.main import dbtRunner

        if reuse:
            # a run puts a relation in the place of `ref(…)`, which the next refuses
            for constraint, to in self._references:
                constraint.to = to
        options = ["--target", self.target, "--project-dir", str(PROJECT_DIR)]
        options += ["--profiles-dir", str(self.folder), "--log-level", "none"]
        options += ["--target-path", str(self.folder / "target")]
        options += ["--log-path", str(self.folder / "logs"), "--no-write-json"]
        with environment(self.variables() | dict(days)):
            runner = dbtRunner(manifest=self.manifest if reuse else None)
            outcome = runner.invoke([*arguments, *options])
            forget_connections()
        if not outcome.success:
            said = [
                f"{found.node.name}: {found.message}"
                for found in getattr(outcome.result, "results", [])
                if str(found.status) != "success"
            ]
            raise AssertionError(outcome.exception or "\n".join(said))
        return outcome.result


class DuckdbWarehouse(Warehouse):
    """One on a DuckDB file."""

    target = "ci"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        shutil.copy(PROJECT_DIR / "profiles.yml.example", folder / "profiles.yml")

    @property
    def file(self) -> Path:
        """The file that holds all tables."""
        return self.folder / "ott.duckdb"

    def variables(self) -> dict[str, str]:
        """Environment variables of the warehouse."""
        return {
            "OTT_RAW_PATH": str(self.raw),
            "OTT_DUCKDB_PATH": str(self.file),
            "OTT_HASH_PEPPER": PEPPER,
        }

    def load(self, raw: Raw) -> None:
        """Put these rows in the place of the raw logs that are there."""
        write_folder(raw, self.raw)

    def read(self, models: Iterable[Model]) -> State:
        """Read what relations hold."""
        found = {}
        with duckdb.connect(str(self.file), read_only=True) as con:
            con.execute("set TimeZone = 'UTC'")
            for model in models:
                cursor = con.execute(f"select * from {model.schema}.{model.name}")
                columns = [column[0] for column in cursor.description]
                found[model.name] = Rows(columns, Counter(cursor.fetchall()))
        return found

    def execute(self, statement: str) -> None:
        """Execute a statement."""
        with duckdb.connect(str(self.file)) as con:
            con.execute(statement)


def forget_connections() -> None:
    """Close what dbt keeps open, so that the next run and the tests see the tables."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import cleanup_connections, reset_adapters

    cleanup_connections()
    DuckDBConnectionManager.close_all_connections()
    reset_adapters()


def _constraints(node: Any) -> Iterator[Any]:
    yield from getattr(node, "constraints", None) or []
    for column in (getattr(node, "columns", None) or {}).values():
        yield from column.constraints
