"""Measures the project against other engines and against its own goals.

``make bench SCALE=10M`` runs it. Raw data is written once to benchmarks/data; figures
go to benchmarks/results_<scale>.json after each section, and RESULTS.md and results.svg
are written anew from the figures of all scales. Needs Linux, which tells memory in
/proc.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
from harness.chart import draw, specification
from harness.contenders import (
    CONTENDERS,
    PROJECT,
    PROJECT_ALL,
    TITLES,
    halved,
    run_rounds,
)
from harness.daily import backfill, daily_runs
from harness.data import BENCHMARKS, WORK, amount, raw, settings_of_scale, short
from harness.machine import commit, install_engines, machine, versions
from harness.marts import ACCOUNTS, marts
from harness.measure import GIBIBYTE, Limits
from harness.report import render
from harness.results import load, load_all, save

from ott.errors import UserError

GROWTH = (1_000_000, 10_000_000)


@dataclass(frozen=True)
class Job:
    """What is measured: so many plays, in so many rounds, within limits."""

    plays: int
    rounds: int
    limits: Limits
    daily_plays: int
    chosen: tuple[str, ...]


def contenders(job: Job) -> dict[str, Any]:
    data = raw(short(job.plays), settings_of_scale(job.plays))
    chosen = tuple(
        one
        for one in CONTENDERS
        if not job.chosen or one is PROJECT or one.name in job.chosen
    )
    runs = run_rounds(chosen, data, job.rounds, job.limits)
    survived = {}
    for one in chosen:
        if runs[one.name][0].failure:
            found = halved(one, job.plays, job.rounds, job.limits)
            if found:
                plays, half_runs = found
                survived[one.name] = {
                    "scale": short(plays),
                    "contenders": as_json(half_runs),
                }
    return {
        "plays": data.plays,
        "raw_mib": round(data.bytes / 2**20),
        "contenders": as_json(runs),
        "halved": survived,
    }


def as_json(runs: dict[str, list[Any]]) -> dict[str, list[dict[str, Any]]]:
    return {name: [run.as_json() for run in found] for name, found in runs.items()}


def daily(job: Job) -> dict[str, Any]:
    return {"daily": daily_runs(job.daily_plays, job.rounds, job.limits)}


def backfills(job: Job) -> dict[str, Any]:
    data = raw(short(job.plays), settings_of_scale(job.plays))
    return {"backfill": backfill(data, job.rounds, job.limits)}


def each_mart(job: Job) -> dict[str, Any]:
    accounts = job.plays // ACCOUNTS
    settings = settings_of_scale(job.plays, accounts)
    data = raw(f"{short(job.plays)}-{short(accounts)}", settings)
    return {"marts": marts(data, job.limits)}


def growth(job: Job) -> dict[str, Any]:
    smaller = [size for size in GROWTH if size < job.plays] or [job.plays // 10]
    found = {}
    for plays in (*smaller, job.plays):
        data = raw(short(plays), settings_of_scale(plays))
        runs = run_rounds((PROJECT_ALL,), data, job.rounds, job.limits, compare=False)
        found[short(plays)] = {
            "plays": data.plays,
            "runs": as_json(runs)["project_all"],
        }
    return {"growth": found}


def generator(job: Job) -> dict[str, Any]:
    settings = settings_of_scale(job.plays)
    options = ["--plays", str(job.plays), "--accounts", str(settings.accounts)]
    told = subprocess.run(
        [sys.executable, str(BENCHMARKS / "generator.py"), *options, "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    return {"generator": json.loads(told.stdout)}


SECTIONS: dict[str, Callable[[Job], dict[str, Any]]] = {
    "contenders": contenders,
    "daily": daily,
    "backfill": backfills,
    "growth": growth,
    "marts": each_mart,
    "generator": generator,
}


@click.command()
@click.option(
    "--scale", default="10M", show_default=True, callback=amount, help="Plays."
)
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice([*SECTIONS]),
    help="Measure this section alone; may be given again. The others stay as they are.",
)
@click.option(
    "--contender",
    "chosen",
    multiple=True,
    type=click.Choice([*TITLES]),
    help="Run this contender beside the project, no others; may be given again.",
)
@click.option(
    "--memory-limit",
    type=click.FloatRange(0, min_open=True),
    default=12,
    show_default=True,
    help="GiB above which a contender is ended and tried with half the plays.",
)
@click.option(
    "--minutes", default=60, show_default=True, help="Likewise, minutes of one run."
)
@click.option(
    "--daily-plays",
    default="10k",
    show_default=True,
    callback=amount,
    help="Plays a day of the daily run's histories.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=BENCHMARKS,
    show_default="benchmarks",
    help="Folder of the results.",
)
@click.option("--report", is_flag=True, help="Measure nothing, write the page anew.")
def bench(
    scale: int,
    rounds: int,
    only: tuple[str, ...],
    chosen: tuple[str, ...],
    memory_limit: float,
    minutes: int,
    daily_plays: int,
    out: Path,
    report: bool,
) -> None:
    """Measure speed and memory, and write RESULTS.md and its chart."""
    if not Path("/proc/self/statm").exists():
        raise UserError("Memory is measured through /proc, so this needs Linux.")
    install_engines()
    out.mkdir(parents=True, exist_ok=True)
    if not report:
        limits = Limits(round(memory_limit * GIBIBYTE), minutes * 60)
        job = Job(scale, rounds, limits, daily_plays, chosen)
        results = load(short(scale), out)
        for name, section in SECTIONS.items():
            if only and name not in only:
                continue
            click.echo(f"== {name}")
            stamp = {
                "date": date.today().isoformat(),
                "commit": commit(),
                "rounds": rounds,
            }
            results |= {"machine": machine(), "versions": versions()} | section(job)
            results.setdefault("measured", {})[name] = stamp
            save(results, out)
        shutil.rmtree(WORK, ignore_errors=True)
    write_report(out)


def write_report(out: Path) -> None:
    found = load_all(out)
    if not found:
        raise UserError(f"There are no results in {out} yet.")
    (out / "RESULTS.md").write_text(render(found, TITLES), encoding="utf-8")
    draw(specification(found), out / "results.svg")
    click.echo(f"Written: {out / 'RESULTS.md'}, {out / 'results.svg'}")


if __name__ == "__main__":
    bench()
