"""What the tests of the warehouse share: the project, compiled for them once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ott.bigquery.render import BIGQUERY, Dbt, Project
from reference.generate import RUN_DATE
from warehouse.compiled import CompiledProject, compile_project


@pytest.fixture(scope="session")
def compiled(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., CompiledProject]:
    """A function that compiles the project for `RUN_DATE` with given variables."""
    done: dict[str, CompiledProject] = {}

    def compile_once(**variables: Any) -> CompiledProject:
        key = repr(sorted(variables.items()))
        if key not in done:
            directory = tmp_path_factory.mktemp("compiled")
            done[key] = compile_project(directory, RUN_DATE, variables)
        return done[key]

    return compile_once


@pytest.fixture(scope="session")
def compiled_for_bigquery(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project compiled for BigQuery, without a server."""
    return Dbt(tmp_path_factory.mktemp("bigquery"), BIGQUERY).project(RUN_DATE)
