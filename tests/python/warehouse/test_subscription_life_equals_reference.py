"""The marts of subscription life against the Python reference, on random data."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings

from ott.bigquery.duckdb_build import build
from ott.bigquery.render import Dbt, Project
from ott.contract import PROJECT_DIR
from reference.cohorts import cohort_retention_monthly
from reference.generate import RUN_DATE, random_raw, raw_data, write_raw
from reference.instants import day_number
from reference.marts import Warehouse, build_warehouse
from reference.movements import (
    mrr_bridge_monthly,
    subscription_movements_daily,
    subscription_spells,
)
from reference.paid_subscribers import Refund, build_refunds
from reference.raw import Settings
from reference.retention import churn_monthly, retention_survival
from reference.subscription import load_products

PEPPER = "pepper"
PRODUCTS = list(csv.DictReader((PROJECT_DIR / "seeds/products.csv").open()))
# the later one is after two months of the random data, the other in the middle of it
LATER = date(2024, 5, 2)
CASES = pytest.mark.parametrize(
    ("run_date", "grace_days"), [(RUN_DATE, 0), (LATER, 0), (LATER, 2)]
)
PROPERTY = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


def upstream(project: Project, marts: Iterable[str]) -> Project:
    """The project with these models and what they read, and nothing else."""
    wanted: set[str] = set()
    waiting = [f"model.ott.{mart}" for mart in marts]
    while waiting:
        key = waiting.pop()
        if key in project.nodes and key not in wanted:
            wanted.add(key)
            waiting += project.nodes[key].inputs
    nodes = {key: node for key, node in project.nodes.items() if key in wanted}
    return replace(project, nodes=nodes)


def values(rows: Iterable[dict[str, Any]]) -> Counter[tuple[Any, ...]]:
    """Rows by column name, decimals by what they are worth."""
    return Counter(
        tuple(
            (name, value.normalize() if isinstance(value, Decimal) else value)
            for name, value in sorted(row.items())
        )
        for row in rows
    )


def rows_of(con: duckdb.DuckDBPyConnection, mart: str, like: list[dict[str, Any]]):
    """The mart's rows, of the columns that the reference knows."""
    cursor = con.execute(f"select * from marts.{mart}")
    names = [column[0] for column in cursor.description]
    wanted = set(like[0]) if like else set(names)
    assert wanted <= set(names)
    return [
        {name: value for name, value in zip(names, row, strict=True) if name in wanted}
        for row in cursor.fetchall()
    ]


@pytest.fixture(scope="module")
def on(dbt: Dbt) -> Callable[..., Project]:
    """A function that compiles the project for a day and variables, once."""

    @cache
    def compile_once(run_date: date, **variables: Any) -> Project:
        return dbt.project(run_date, variables)

    return compile_once


def expected(
    raw: dict[str, Any], run_day: int, s: Settings
) -> dict[str, list[dict[str, Any]]]:
    """The rows of the marts by the reference."""
    built: Warehouse = build_warehouse(raw, PEPPER, PRODUCTS, s)
    events = list(built.kept("billing.subscription_event").values())
    refunds: list[Refund] = build_refunds(
        events, built.periods, load_products(PRODUCTS)
    )
    movements = subscription_movements_daily(built, refunds, run_day, s)
    return {
        "subscription_spells": subscription_spells(built.spells, run_day, s),
        "subscription_movements_daily": movements,
        "mrr_bridge_monthly": mrr_bridge_monthly(built, movements, run_day),
        "churn_monthly": churn_monthly(built.spells, run_day, s),
    }


@CASES
@PROPERTY
@given(raw=raw_data(max_plays=0, max_events=80))
def test_spells_movements_bridge_and_churn_equal_the_reference(
    on, run_date: date, grace_days: int, raw
) -> None:
    settings_ = Settings(grace_days=grace_days)
    by_reference = expected(raw, day_number(run_date), settings_)
    project = upstream(on(run_date, grace_days=grace_days), by_reference)
    with tempfile.TemporaryDirectory() as directory:
        write_raw(raw, Path(directory))
        con = build(project, Path(directory), PEPPER)
        for mart, rows in by_reference.items():
            assert values(rows_of(con, mart, rows)) == values(rows), mart
        con.close()


@CASES
@PROPERTY
@given(raw=raw_data(max_plays=120))
def test_survival_and_cohorts_equal_the_reference(
    on, run_date: date, grace_days: int, raw
) -> None:
    smallest, run_day = 2, day_number(run_date)
    s = Settings(grace_days=grace_days)
    built = build_warehouse(raw, PEPPER, PRODUCTS, s)
    spells, plays = built.spells, built.plays
    by_reference = {
        "retention_survival": retention_survival(spells, plays, run_day, s, smallest),
        "cohort_retention_monthly": cohort_retention_monthly(
            spells, built.periods, plays, run_day, s
        ),
    }
    variables = {"grace_days": grace_days, "k_anonymity": smallest}
    project = upstream(on(run_date, **variables), by_reference)
    with tempfile.TemporaryDirectory() as directory:
        write_raw(raw, Path(directory))
        con = build(project, Path(directory), PEPPER)
        for mart, rows in by_reference.items():
            assert values(rows_of(con, mart, rows)) == values(rows), mart
        con.close()


def test_every_movement_occurs_in_the_random_data() -> None:
    seen: Counter[str] = Counter()
    for seed in range(40):
        raw = random_raw(seed, plays=0, events=80)
        for row in expected(raw, day_number(LATER), Settings())[
            "subscription_movements_daily"
        ]:
            seen[row["movement"]] += row["accounts"]
    # a product at the same price and as many lines is rare, and has its unit test
    assert len(seen) == 10
    del seen["product_change"]
    assert min(seen.values()) >= 20, seen


def test_the_random_data_has_months_that_are_over() -> None:
    churned, retained, later, survived = 0, 0, 0, 0
    s, run_day = Settings(), day_number(LATER)
    for seed in range(30):
        raw = random_raw(seed, plays=120, events=80)
        built = build_warehouse(raw, PEPPER, PRODUCTS, s)
        spells, plays = built.spells, built.plays
        months = churn_monthly(spells, run_day, s)
        churned += sum(row["churned_subscribers"] for row in months)
        for row in cohort_retention_monthly(spells, built.periods, plays, run_day, s):
            retained += row["retained_accounts"]
            later += row["retained_accounts"] * (row["months_since"] > 0)
        curves = retention_survival(spells, plays, run_day, s, 2)
        survived += sum(row["group_type"] == "first_program" for row in curves)
    # most passes of the random data are short: few reach the end of a second month
    assert min(churned, retained, survived) >= 40, (churned, retained, survived)
    assert later >= 5
