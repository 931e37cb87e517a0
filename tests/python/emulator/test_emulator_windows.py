"""The nine properties of a window with the real dbt-bigquery, on the emulator.

The story of `windows.story`, as on DuckDB. All runs are in one process and each reads
the parsed project from the target folder, so the lists of partitions, which dbt takes
from the config when it parses, must follow the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ott.emulator.dbt_process import TARGET, write_profile
from ott.emulator.load import PROJECT, client, load_pepper, load_raw
from ott.emulator.server import Server, running
from raw_folder import table_named
from windows.changes import TODAY
from windows.claims import *  # noqa: F403
from windows.model import Model
from windows.raw import Raw, as_of, everything, write_folder
from windows.story import Story, tell
from windows.warehouse import PEPPER, Rows, State, Warehouse

pytestmark = [pytest.mark.emulator, pytest.mark.xdist_group("emulator")]


class EmulatorWarehouse(Warehouse):
    """One in the emulator, built by dbt-bigquery with the target of production."""

    target = TARGET
    # `config(partitions=…)` lists the dates of the window
    reuses_parse = False

    def __init__(self, folder: Path, server: Server) -> None:
        super().__init__(folder)
        write_profile(folder, server.url)
        self._bq = client(server.url)
        self._loaded: Raw = {}
        load_pepper(self._bq, PEPPER)

    def variables(self) -> dict[str, str]:
        return {
            "OTT_BIGQUERY_PROJECT": PROJECT,
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
        }

    def load(self, raw: Raw) -> None:
        write_folder(raw, self.raw)
        changed = [name for name, rows in raw.items() if self._loaded.get(name) != rows]
        load_raw(
            self._bq, self.raw, map(table_named, changed) if self._loaded else None
        )
        self._loaded = raw

    def read(self, models: Iterable[Model]) -> State:
        found = {}
        for model in models:
            result = self._bq.query(
                f"select * from {model.schema}.{model.name}"
            ).result()
            columns = [column.name for column in result.schema]
            found[model.name] = Rows(columns, Counter(map(tuple, result)))
        return found

    def execute(self, statement: str) -> None:
        self._bq.query(statement).result()


@pytest.fixture(scope="module")
def story(folder: Path) -> Iterator[Story]:
    with running(folder / "windows") as server:
        warehouse = EmulatorWarehouse(folder / "bigquery", server)
        warehouse.parse(TODAY)
        warehouse.load(as_of(everything(), TODAY))
        warehouse.run(TODAY, command="seed")
        yield tell(warehouse)
