"""One parsed project and one warehouse for all tests of the folder."""

from __future__ import annotations

import pytest

from windows.changes import TODAY
from windows.raw import as_of, everything
from windows.warehouse import DuckdbWarehouse


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> DuckdbWarehouse:
    """A warehouse that is parsed and has its seeds."""
    made = DuckdbWarehouse(tmp_path_factory.mktemp("windows"))
    made.parse(TODAY)
    made.load(as_of(everything(), TODAY))
    made.run(TODAY, command="seed")
    return made
