"""A run of dbt over a range of days, in chunks where the range is large."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click

from ott.dbt_run import Dbt
from ott.environment import set_environment
from ott.errors import UserError
from ott.quality.results import keep_checks
from ott.runs.days import Days

# The models that keep every play: they run chunk by chunk, all else once.
CHUNKED = "tag:by_chunk"
# Unit tests test the code, not the day's data.
UNIT_TESTS = "resource_type:unit_test"
# What is made of the results of tests: it runs after them.
RESULTS = "tag:kept_results"

Tests = Literal["all", "window", "none"]


@dataclass(frozen=True)
class Plan:
    """What a run builds.

    `days` is None where it builds everything, `chunks` cuts the days of the models that
    run chunk by chunk; with one chunk or none the run is one invocation of dbt.
    """

    run_date: date
    days: Days | None
    chunks: list[Days]
    is_full: bool = False
    tests: Tests = "all"


def run(
    plan: Plan, target: str, database: Path, shown: str, select: str | None = None
) -> None:
    """Run dbt as planned; the environment is that of the run while it lasts.

    Args:
        plan: what to build.
        target: target of the profile.
        database: the DuckDB file.
        shown: text before the progress bar.
        select: only these models, in dbt's syntax.

    Raises:
        UserError: dbt could not start, or a model, test or seed failed.
    """

    def keep(result: Any) -> None:
        # the tests of a backfill look at its dates: they say nothing of today
        if plan.days is None:
            keep_checks(result, database)

    dbt = Dbt(target, on_outcome=keep)
    base = {
        "OTT_DUCKDB_PATH": str(database),
        # by the environment: --vars would switch dbt's partial parsing off
        "OTT_RUN_DATE": plan.run_date.isoformat(),
        "OTT_TESTS": plan.tests,
        "OTT_START_DATE": "",
        "OTT_END_DATE": "",
    }
    with set_environment(base | _range(plan.days)):
        dbt.parse()
    try:
        _build(dbt, plan, base, shown, select)
    except UserError:
        # that a test failed is what people want to read there
        with suppress(UserError):
            _tell_results(dbt, plan, base, shown, select)
        raise
    _tell_results(dbt, plan, base, shown, select)


def _tell_results(
    dbt: Dbt, plan: Plan, base: dict[str, str], shown: str, select: str | None
) -> None:
    """Build what tells the results of the tests that have just run."""
    if select:
        return
    # the times of the run itself are what `ott timings` reads
    options = ["--no-write-json", "--indirect-selection", "buildable"]
    with set_environment(base | _range(plan.days)):
        dbt.run(
            ["build", *options, "--select", RESULTS, *_exclude(_left_out(plan))],
            f"{shown}: results of the tests",
        )


def _left_out(plan: Plan) -> list[str]:
    return [UNIT_TESTS, *(["resource_type:test"] if plan.tests == "none" else [])]


def _build(
    dbt: Dbt, plan: Plan, base: dict[str, str], shown: str, select: str | None
) -> None:
    fresh = ["--full-refresh"] if plan.is_full else []
    left_out = [*_left_out(plan), *([] if select else [RESULTS])]
    # a test that reads what is not built yet waits for it
    options = [*fresh, "--indirect-selection", "buildable"]
    whole = base | _range(plan.days)
    if len(plan.chunks) < 2:
        with set_environment(whole):
            dbt.run(["build", *options, *_select(select), *_exclude(left_out)], shown)
        return
    with set_environment(whole):
        click.echo(f"In {len(plan.chunks)} chunks of days, to keep memory small.")
        before = [*_select(select, f"+{CHUNKED}"), *_exclude([CHUNKED, *left_out])]
        dbt.run(["build", *options, *before], f"{shown}: what plays need")
    for number, days in enumerate(plan.chunks, 1):
        with set_environment(base | _range(days)):
            # only the first makes the tables anew, the others add to them
            first = fresh if number == 1 else []
            dbt.run(
                ["run", *first, *_select(select, CHUNKED)],
                f"{shown}: plays, {number} of {len(plan.chunks)}",
            )
    with set_environment(whole):
        if plan.tests != "none":
            tests = [*_select(select, CHUNKED), *_exclude(left_out)]
            dbt.run(
                ["test", "--indirect-selection", "buildable", *tests],
                f"{shown}: tests of plays",
            )
        rest = [*_select(select), *_exclude([f"+{CHUNKED}", *left_out])]
        # the rest reads all there is, a selection perhaps not
        dbt.run(["build", *(options if select else fresh), *rest], f"{shown}: the rest")


def _select(select: str | None, within: str | None = None) -> list[str]:
    if not select:
        return ["--select", within] if within else []
    parts = select.split()
    return ["--select", *(f"{part},{within}" if within else part for part in parts)]


def _exclude(left_out: list[str]) -> list[str]:
    return ["--exclude", *left_out]


def _range(days: Days | None) -> dict[str, str]:
    if days is None:
        return {}
    return {
        "OTT_START_DATE": days.first.isoformat(),
        "OTT_END_DATE": days.last.isoformat(),
    }
