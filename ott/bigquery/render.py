"""The project compiled by dbt for one engine, without a server or an account."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ott.bigquery.ddl import addition_statements, create_statements
from ott.contract import PROJECT_DIR
from ott.environment import set_environment
from ott.errors import UserError
from ott.sample.settings import SAMPLE_END

BIGQUERY, DUCKDB = "bq_render", "dev"  # targets of the profile
NO_SERVER = ("--no-introspect", "--no-populate-cache")
# The last closed day of unit tests that set none.
UNIT_TEST_DAY = SAMPLE_END


@dataclass
class Node:
    """A node of the manifest and its compiled SQL (empty for a seed).

    `ddl` is the statement with which dbt-bigquery would create a model's table or view,
    `addition` the one that puts the new rows of an incremental model in place.
    """

    id: str
    name: str
    kind: str
    relation: str
    sql: str
    path: str
    raw: dict[str, Any]
    ddl: str = ""
    addition: str = ""

    @property
    def inputs(self) -> list[str]:
        """Ids of the nodes that the SQL reads."""
        return list(self.raw["depends_on"]["nodes"])

    @property
    def config(self) -> dict[str, Any]:
        """The node's dbt configuration."""
        return self.raw["config"]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass
class Project:
    """Everything that dbt compiled: nodes in the order in which they can be built."""

    nodes: dict[str, Node]
    sources: dict[str, dict[str, Any]]
    unit_tests: dict[str, dict[str, Any]]
    _dbt: Dbt
    _overridden: dict[str, dict[str, str]] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Node]:
        """Return the nodes of one kind, such as `model`, in build order."""
        return [node for node in self.nodes.values() if node.kind == kind]

    def unit_test_sql(self, test: Mapping[str, Any]) -> str:
        """Return the SQL of a unit test's model, compiled with the test's variables.

        The first call with a set of variables compiles all models that unit tests
        override with it; the parsed project is reused, so it costs a tenth of a second.
        """
        variables = _unit_test_variables(test)
        key = json.dumps(variables, sort_keys=True)
        if key not in self._overridden:
            names = {
                other["model"]
                for other in self.unit_tests.values()
                if _unit_test_variables(other) == variables
            }
            compiled = self._dbt.compile(variables, ["--select", *sorted(names)])
            self._overridden[key] = compiled
        return self._overridden[key][test["depends_on"]["nodes"][0]]


class Dbt:
    """The project parsed once for a target; compiles it with any variables."""

    def __init__(self, folder: Path, target: str) -> None:
        """Parse the project; `folder` takes the profile and dbt's own files.

        Raises:
            UserError: dbt can't parse the project.
        """
        self._target = target
        raw = folder / "raw"
        raw.mkdir(parents=True, exist_ok=True)
        profile = (PROJECT_DIR / "profiles.yml.example").read_text(encoding="utf-8")
        (folder / "profiles.yml").write_text(profile, encoding="utf-8")
        self._environment = {
            "OTT_RUN_DATE": UNIT_TEST_DAY.isoformat(),
            # a backfill only by variables, and tests of all rows
            "OTT_START_DATE": "",
            "OTT_END_DATE": "",
            "OTT_TESTS": "all",
            "OTT_RAW_PATH": str(raw),
            "OTT_DUCKDB_PATH": str(folder / "compile.duckdb"),
            # DuckDB's connection asks for one; no SQL holds it
            "OTT_HASH_PEPPER": "pepper",
        }
        self._arguments = ["--target", target, "--project-dir", str(PROJECT_DIR)]
        self._arguments += ["--profiles-dir", str(folder), "--log-level", "none"]
        self._arguments += ["--target-path", str(folder / "target")]
        self._arguments += ["--log-path", str(folder / "logs"), "--no-write-json"]
        self._manifest: Any = None
        self._manifest = self._invoke(["parse", "--no-partial-parse"])
        # compiling puts a relation in the place of `ref(…)`, which it refuses next time
        self._references = [(item, item.to) for item in _constraints(self._manifest)]

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest as dbt would write it."""
        found: dict[str, Any] = self._manifest.writable_manifest().to_dict(
            omit_none=False
        )
        return found

    def project(
        self,
        run_date: date,
        variables: Mapping[str, Any] | None = None,
        tests: str = "all",
    ) -> Project:
        """Compile every model, test and analysis; nothing is connected to.

        Args:
            run_date: the last closed day.
            variables: dbt's variables; `assume_incremental` gives the other branch of
                incremental models.
            tests: `window` lets generic tests read the dates of the run alone.

        Raises:
            UserError: dbt can't compile the project.
        """
        self._environment["OTT_TESTS"] = tests
        ddl: dict[str, str] = {}
        wanted = {"run_date": run_date.isoformat(), **(variables or {})}
        additions: dict[str, str] = {}
        compiled = self.compile(wanted, [], ddl, additions)
        manifest = self.manifest
        return Project(
            nodes={
                node.id: node
                for node in _in_order(manifest["nodes"], compiled, ddl, additions)
            },
            sources=manifest["sources"],
            unit_tests=manifest["unit_tests"],
            _dbt=self,
        )

    def compile(
        self,
        variables: Mapping[str, Any],
        more: list[str],
        ddl: dict[str, str] | None = None,
        additions: dict[str, str] | None = None,
    ) -> dict[str, str]:
        """Return compiled SQL by node.

        `ddl` takes BigQuery's create statements, `additions` those that add rows.
        """
        for constraint, to in self._references:
            constraint.to = to
        server = NO_SERVER if self._target == BIGQUERY else ()
        command = ["compile", *server, "--vars", json.dumps(dict(variables)), *more]
        return {
            result.node.unique_id: result.node.compiled_code
            for result in self._invoke(command, ddl, additions).results
            if getattr(result.node, "compiled_code", None)
        }

    def _invoke(
        self,
        command: list[str],
        ddl: dict[str, str] | None = None,
        additions: dict[str, str] | None = None,
    ) -> Any:
        from dbt.cli.main import dbtRunner

        with set_environment(self._environment):
            runner = dbtRunner(manifest=self._manifest)
            outcome = runner.invoke([*command, *self._arguments])
            if outcome.success:
                self._statements(ddl, additions)
        _forget_adapters()
        if not outcome.success:
            failed = [
                f"{result.node.name}: {result.message}"
                for result in getattr(outcome.result, "results", [])
                if result.message
            ]
            said = outcome.exception or "\n".join(failed)
            raise UserError(f"dbt can't compile the project for {self._target}: {said}")
        return outcome.result

    def _statements(
        self, ddl: dict[str, str] | None, additions: dict[str, str] | None
    ) -> None:
        from dbt_common.exceptions import DbtBaseException

        try:
            if ddl is not None:
                ddl.update(create_statements(self._manifest))
            if additions is not None:
                additions.update(addition_statements(self._manifest))
        except DbtBaseException as error:
            raise UserError(f"dbt-bigquery can't make a statement: {error}") from None


def _constraints(manifest: Any) -> Iterator[Any]:
    for node in manifest.nodes.values():
        yield from getattr(node, "constraints", None) or []
        for column in (getattr(node, "columns", None) or {}).values():
            yield from column.constraints


def _unit_test_variables(test: Mapping[str, Any]) -> dict[str, Any]:
    own = (test["overrides"] or {}).get("vars") or {}
    return {"run_date": UNIT_TEST_DAY.isoformat(), **own}


def _in_order(
    nodes: dict[str, Any],
    compiled: dict[str, str],
    ddl: dict[str, str],
    additions: dict[str, str],
) -> Iterator[Node]:
    waiting = dict(sorted(nodes.items()))
    while waiting:
        ready = [
            key
            for key, raw in waiting.items()
            if not any(k in waiting for k in raw["depends_on"].get("nodes", []))
        ]
        for key in ready:
            raw = waiting.pop(key)
            raw["depends_on"].setdefault("nodes", [])
            yield Node(
                id=key,
                name=raw["name"],
                kind=raw["resource_type"],
                relation=raw.get("relation_name") or "",
                sql=compiled.get(key, ""),
                path=raw["original_file_path"],
                raw=raw,
                ddl=ddl.get(key, ""),
                addition=additions.get(key, ""),
            )


def _forget_adapters() -> None:
    """Close what dbt keeps open, so that another target may be compiled."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import cleanup_connections, reset_adapters

    cleanup_connections()
    DuckDBConnectionManager.close_all_connections()
    reset_adapters()
