"""Names that no DuckDB catalog can have are refused before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from refused import refusal

from ott.contract import tables
from ott.database import check_database
from ott.errors import UserError

SCHEMAS = sorted({table.schema for table in tables()})


@pytest.mark.parametrize(
    "name",
    [
        *("main.duckdb", "system.duckdb", "temp.duckdb", "MAIN.duckdb", "main"),
        *("main.v2.duckdb", ".temp.duckdb"),
        *(f"{schema}.duckdb" for schema in SCHEMAS),
    ],
)
@pytest.mark.usefixtures("environment")
def test_a_name_that_the_database_uses_itself(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTT_DUCKDB_PATH", str(tmp_path / name))
    message = refusal()
    assert f"The database cannot be named {tmp_path / name}: '" in message
    assert "Set OTT_DUCKDB_PATH to another name" in message
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    "name", ["it's.duckdb", 'a"b.duckdb', "a;b.duckdb", "a?b.duckdb", "c#/a.duckdb"]
)
def test_a_name_with_a_letter_that_is_lost(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="may not stand in it"):
        check_database(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    [
        *("marts.duckdb", "warehouse.duckdb", "a-b.duckdb", "a b.duckdb", "한글.db"),
        *("a.b.duckdb", "raw.duckdb", "raw_other.duckdb", "it's/ott.duckdb"),
    ],
)
def test_other_names_are_taken(name: str, tmp_path: Path) -> None:
    check_database(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
