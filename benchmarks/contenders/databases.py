"""Contenders that are a command which builds a DuckDB file."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from options import Given


@dataclass(frozen=True)
class Tool:
    """A command, its environment, and the table that it leaves in the database."""

    command: list[str]
    environment: dict[str, str]
    relation: str


def bench_environment(given: Given, database: Path) -> dict[str, str]:
    """Return the environment in which the textbook projects find what they need."""
    return {
        **os.environ,
        "BENCH_DATABASE": str(database),
        "BENCH_RAW": str(given.raw),
        "BENCH_RUN_DATE": given.run_date.isoformat(),
    }


def run(tool: Callable[[Given, Path], Tool], given: Given) -> None:
    """Become the command (`--database`), or run it and write the mart (`--out`)."""
    if given.database:
        made = tool(given, given.database)
        os.execve(made.command[0], made.command, made.environment)
    # only here: the command that a clock is for should not wait for it
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "bench.duckdb")
        made = tool(given, database)
        subprocess.run(made.command, env=made.environment, check=True)
        with duckdb.connect(str(database), read_only=True) as connection:
            connection.execute(
                f"copy (from {made.relation}) to '{given.out}' (format parquet)"
            )
