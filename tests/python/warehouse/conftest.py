"""What the tests of the warehouse share: the project, parsed and compiled once.

A dbt run costs seconds, so a property test can't afford one per example. dbt compiles
the models once; each example then only executes their SQL in DAG order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ott.bigquery.render import BIGQUERY, DUCKDB, Dbt, Project
from ott.bigquery.windows import windowed_branches
from reference.generate import RUN_DATE


@pytest.fixture(scope="session")
def dbt(tmp_path_factory: pytest.TempPathFactory) -> Dbt:
    """The project parsed for DuckDB."""
    return Dbt(tmp_path_factory.mktemp("duckdb"), DUCKDB)


@pytest.fixture(scope="session")
def compiled(dbt: Dbt) -> Callable[..., Project]:
    """A function that compiles the project for `RUN_DATE` with given variables."""
    done: dict[str, Project] = {}

    def compile_once(**variables: Any) -> Project:
        key = repr(sorted(variables.items()))
        if key not in done:
            done[key] = dbt.project(RUN_DATE, variables)
        return done[key]

    return compile_once


@pytest.fixture(scope="session")
def branches_for_bigquery(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Project]:
    """The project compiled for BigQuery, without a server, for each kind of run."""
    dbt = Dbt(tmp_path_factory.mktemp("bigquery"), BIGQUERY)
    first = dbt.project(RUN_DATE)
    branches = windowed_branches(RUN_DATE)
    return {"first": first} | {
        branch.name: dbt.project(RUN_DATE, branch.variables) for branch in branches
    }


@pytest.fixture(scope="session")
def compiled_for_bigquery(branches_for_bigquery: dict[str, Project]) -> Project:
    """The project compiled for BigQuery for a first build."""
    return branches_for_bigquery["first"]
