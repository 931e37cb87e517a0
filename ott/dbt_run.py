"""Runs dbt in this process: one progress bar, and plain words about what failed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

import click

from ott.contract import PROJECT_DIR
from ott.errors import UserError
from ott.raw_tables import raw_path

# Words of DuckDB about a Parquet file whose footer is sound and whose rows are not.
DAMAGED = re.compile(
    r"parquet|thrift|snappy|zstd|gzip|lz4|brotli|TProtocolException", re.IGNORECASE
)
FAILED = ("error", "fail", "runtime error", "partial success")


class Dbt:
    """dbt in this process, for one target of the profile.

    After `parse` the commands share the parsed project: each then starts in a tenth of
    the time. No configuration may depend on the environment in between, which holds on
    DuckDB; the lists of partitions on BigQuery need a parse for each run.
    """

    def __init__(
        self, target: str, on_outcome: Callable[[Any], object] | None = None
    ) -> None:
        """Prepare for a target; `on_outcome` gets what each command came to."""
        self._target = target
        self._on_outcome = on_outcome
        self._manifest: Any = None

    def parse(self) -> None:
        """Parse the project for the commands that follow.

        Raises:
            UserError: dbt can't parse it.
        """
        outcome = self._invoke(["parse"], [])
        if outcome.exception is not None or not outcome.success:
            raise UserError(f"dbt stopped: {_clean(outcome.exception)}")
        self._manifest = outcome.result

    def run(self, command: list[str], label: str) -> None:
        """Run a dbt command on the project and print each warning and failure.

        Args:
            command: dbt's arguments, such as `["build"]`.
            label: text before the progress bar.

        Raises:
            UserError: dbt could not start, or a model, test or seed failed.
        """
        with _Bar(label) as bar:
            outcome = self._invoke(command, [bar.on_event])
        if isinstance(outcome.exception, KeyboardInterrupt):
            raise outcome.exception
        if outcome.exception is not None:
            raise UserError(f"dbt stopped: {_clean(outcome.exception)}")
        if self._on_outcome:
            self._on_outcome(outcome.result)
        _report(outcome)

    def _invoke(self, command: list[str], callbacks: list[Any]) -> Any:
        from dbt.cli.main import dbtRunner

        ensure_profiles()
        # the level of the terminal alone would silence the log file too
        arguments = ["--log-level", "none", "--log-level-file", "debug"]
        arguments += ["--no-use-colors", *command, "--target", self._target]
        folder = str(PROJECT_DIR)
        arguments += ["--project-dir", folder, "--profiles-dir", folder]
        try:
            return dbtRunner(manifest=self._manifest, callbacks=callbacks).invoke(
                arguments
            )
        finally:
            _close_connections()


def run_dbt(command: list[str], target: str, label: str) -> None:
    """Run one dbt command on the project and print each warning and failure.

    Args:
        command: dbt's arguments, such as `["build"]`.
        target: target of the profile.
        label: text before the progress bar.

    Raises:
        UserError: dbt could not start, or a model, test or seed failed.
    """
    Dbt(target).run(command, label)


def _report(outcome: Any) -> None:
    results = list(getattr(outcome.result, "results", []))
    for result in results:
        if str(result.status) in ("warn", *FAILED):
            click.echo(describe(result), err=True)
    failed = [result for result in results if str(result.status) in FAILED]
    skipped = [result for result in results if str(result.status) == "skipped"]
    if failed or not outcome.success:
        raise UserError(
            f"dbt: {len(failed)} of {len(results)} nodes failed and {len(skipped)} "
            "were left out because of that. What failed is named above; "
            f"{log_file()} holds every step. Mend it and build again."
        )


def log_file() -> Path:
    """Return the file in which dbt logs every step."""
    folder = os.environ.get("DBT_LOG_PATH") or PROJECT_DIR / "logs"
    return Path(folder, "dbt.log")


def ensure_profiles() -> Path:
    """Return the project's profiles.yml, copied from its example if there is none."""
    profiles = PROJECT_DIR / "profiles.yml"
    if not profiles.exists():
        shutil.copyfile(PROJECT_DIR / "profiles.yml.example", profiles)
    return profiles


def describe(result: Any) -> str:
    """Return what a node's result says: name, message and where its SQL lies."""
    node = result.node
    word = "warning" if str(result.status) == "warn" else "error"
    lines = [f"{word}: {node.resource_type} {node.name}: {_clean(result.message)}"]
    compiled = getattr(node, "compiled_path", None)
    if compiled and Path(PROJECT_DIR, compiled).is_file():
        lines.append(f"  its SQL: {compiled}")
    elif node.original_file_path:
        lines.append(f"  its file: {node.original_file_path}")
    if word == "error" and DAMAGED.search(str(result.message)):
        lines.append(
            "  A raw Parquet file may be damaged inside: `ott check-raw "
            f"{shlex.quote(str(raw_path()))} --read` reads every row and names it."
        )
    if word == "error" and "Out of Memory" in str(result.message):
        lines.append(
            "  DuckDB got too little memory: set OTT_DUCKDB_MEMORY, say to 2GB, "
            "and run it again."
        )
    return "\n".join(lines)


def _clean(message: object) -> str:
    lines = [line.rstrip() for line in str(message or "no message").splitlines()]
    return "\n  ".join(line for line in lines if line.strip())


def _close_connections() -> None:
    """Release the database file, which dbt-duckdb keeps open until the process ends."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import cleanup_connections, reset_adapters

    cleanup_connections()
    DuckDBConnectionManager.close_all_connections()
    reset_adapters()


class _Bar:
    """A progress bar over the nodes of a run, driven by dbt's events."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._bar: Any = None
        self._lock = Lock()
        self._is_terminal = sys.stderr.isatty()

    def __enter__(self) -> _Bar:
        note = f"{self._label}: dbt reads the project …"
        click.echo(note + "\r" if self._is_terminal else note, err=True, nl=False)
        if not self._is_terminal:
            click.echo(err=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.render_finish()
        elif self._is_terminal:
            click.echo(err=True)

    def on_event(self, event: Any) -> None:
        """Follow one event of dbt, called from any of its threads."""
        if not self._is_terminal:
            return
        with self._lock:
            if event.info.name == "LogStartLine" and self._bar is None:
                self._bar = click.progressbar(
                    length=event.data.total,
                    label=f"{self._label:<40}",
                    file=sys.stderr,
                    show_pos=True,
                )
                self._bar.render_progress()
            elif event.info.name == "NodeFinished" and self._bar is not None:
                self._bar.update(1)
