"""The contenders, and the rounds in which each runs once after the other."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import click

from harness.data import BENCHMARKS, WORK, Raw, raw, settings_of_scale, short
from harness.machine import ENGINES_PYTHON, PROJECT_PYTHON
from harness.measure import Limits, Run, run
from harness.rows import CORE, VIEWING, count_other_rows, count_rows, export
from ott.errors import UserError

REFERENCE = WORK / "reference"
# A size below which a contender that fails is not tried again.
LEAST_PLAYS = 100_000


@dataclass(frozen=True)
class Contender:
    """A script of `contenders/`; those that build a file put marts into `schema`."""

    name: str
    title: str
    script: str
    python: Path = ENGINES_PYTHON
    arguments: tuple[str, ...] = ()
    schema: str = ""
    marts: tuple[str, ...] = (VIEWING,)


PROJECT = Contender(
    "project",
    "this project, `viewing_daily`",
    "project",
    PROJECT_PYTHON,
    schema="marts",
)
PROJECT_ALL = Contender(
    "project_all",
    "this project, the three core marts",
    "project",
    PROJECT_PYTHON,
    ("--marts", "all"),
    "marts",
    CORE,
)
SCAN = Contender("scan", "scan limit: its columns merely read", "scan", marts=())
# The project comes first: the others are compared with its rows.
CONTENDERS = (
    PROJECT,
    PROJECT_ALL,
    SCAN,
    Contender("textbook_duckdb", "textbook SQL in plain DuckDB", "textbook_duckdb"),
    Contender(
        "textbook_all",
        "textbook SQL in plain DuckDB, the three core marts",
        "textbook_duckdb",
        arguments=("--marts", "all"),
        marts=CORE,
    ),
    Contender("polars", "polars, lazy and streaming", "polars_streaming"),
    Contender("pandas", "pandas", "pandas_frame"),
    Contender(
        "textbook_dbt",
        "the textbook SQL as a dbt project",
        "textbook_dbt",
        schema="main",
    ),
    Contender(
        "sqlmesh",
        "the textbook SQL as a SQLMesh project",
        "textbook_sqlmesh",
        schema="textbook",
    ),
)
TITLES = {contender.name: contender.title for contender in CONTENDERS}


def clean_environment(folder: Path) -> dict[str, str]:
    """Return an environment without this project's variables; dbt writes to a folder.

    What dbt has parsed stays there from run to run, as it does for people.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OTT_", "DBT_", "SQLMESH_"))
    }
    return kept | {
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "BENCH_CACHE": str(folder / "cache"),
    }


def run_once(
    contender: Contender, data: Raw, limits: Limits, compare: bool = True
) -> Run:
    """Run a contender, and compare the rows of its marts with the project's."""
    folder = WORK / contender.name
    database = folder / "bench.duckdb"
    outs = {mart: folder / f"{mart}.parquet" for mart in CORE}
    for path in (*outs.values(), database, Path(f"{database}.wal")):
        path.unlink(missing_ok=True)
    script = BENCHMARKS / "contenders" / f"{contender.script}.py"
    target = ("--database", database) if contender.schema else ("--out", outs[VIEWING])
    done = run(
        [
            contender.python,
            script,
            *("--raw", data.folder),
            *("--run-date", data.run_date.isoformat()),
            *target,
            *contender.arguments,
        ],
        folder,
        clean_environment(folder),
        limits,
    )
    if done.failure or not compare or not contender.marts:
        return done
    REFERENCE.mkdir(exist_ok=True)
    done.rows = done.other_rows = 0
    for mart in contender.marts:
        out, reference = outs[mart], REFERENCE / f"{mart}.parquet"
        if contender.schema:
            export(database, f"{contender.schema}.{mart}", out)
        # the first that makes a mart here is the project
        if contender is PROJECT or (contender is PROJECT_ALL and mart != VIEWING):
            reference.write_bytes(out.read_bytes())
        done.rows += count_rows(out)
        done.other_rows += count_other_rows(reference, out, mart)
    return done


def run_rounds(
    chosen: tuple[Contender, ...],
    data: Raw,
    rounds: int,
    limits: Limits,
    compare: bool = True,
) -> dict[str, list[Run]]:
    """Run each contender once a round; one that failed has no further round."""
    runs: dict[str, list[Run]] = {contender.name: [] for contender in chosen}
    for number in range(1, rounds + 1):
        for contender in chosen:
            before = runs[contender.name]
            if before and before[-1].failure:
                continue
            done = run_once(contender, data, limits, compare)
            before.append(done)
            click.echo(f"round {number}/{rounds}  {contender.name:<16} {told(done)}")
            if contender is PROJECT and done.failure:
                raise UserError("There is nothing to compare with: `ott build` failed.")
    return runs


def told(done: Run) -> str:
    """Return what a run took in a line."""
    figures = (
        f"{done.wall:8.2f} s  {done.cpu:8.2f} s CPU  {done.peak_mib:8,.0f} MiB"
        f"  {done.shared_once_mib:8,.0f} MiB PSS"
    )
    if done.failure:
        return f"{figures}  {done.failure}"
    if done.other_rows:
        return f"{figures}  other rows: {done.other_rows:,}"
    return figures


def halved(
    contender: Contender, plays: int, rounds: int, limits: Limits
) -> tuple[int, dict[str, list[Run]]] | None:
    """Run a contender beside the project on half the plays until it survives."""
    while (plays := plays // 2) >= LEAST_PLAYS:
        click.echo(f"{contender.name} again, with {short(plays)} plays")
        data = raw(short(plays), settings_of_scale(plays))
        ours = (PROJECT,) if contender.marts == (VIEWING,) else (PROJECT, PROJECT_ALL)
        runs = run_rounds((*ours, SCAN, contender), data, rounds, limits)
        if not runs[contender.name][0].failure:
            return plays, runs
    return None
