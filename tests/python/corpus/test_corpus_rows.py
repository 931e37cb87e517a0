"""Every malformed row ends in one place, as an independent reference says."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from corpus.specimens import LOGS, Specimen, raw_tables, specimens
from ott.bigquery.duckdb_build import build
from ott.contract import PROJECT_DIR
from reference.contract import TABLES
from reference.generate import RUN_DATE, write_raw
from reference.marts import build_marts
from warehouse.conftest import compiled, dbt  # noqa: F401
from warehouse.test_marts_equal_reference import comparable

HISTORY = "2024-01-01"
PEPPER = "pepper"
PRODUCTS = list(csv.DictReader((PROJECT_DIR / "seeds/products.csv").open()))


@pytest.fixture(scope="module")
def corpus() -> list[Specimen]:
    return specimens()


@pytest.fixture(scope="module")
def raw(corpus: list[Specimen]) -> dict[str, list[dict[str, Any]]]:
    return raw_tables(corpus, HISTORY)


@pytest.fixture(scope="module")
def con(
    compiled,  # noqa: F811
    raw: dict[str, list[dict[str, Any]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The whole project, built of the corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    write_raw(raw, folder)
    found = build(compiled(history_start_date=HISTORY), folder, PEPPER)
    yield found
    found.close()


def test_the_corpus_has_every_column_with_every_fault(corpus: list[Specimen]) -> None:
    assert len(corpus) >= 500
    for table in LOGS:
        columns = {one.column for one in corpus if one.table == table}
        assert columns == TABLES[table].columns.keys() - {"ingest_date"}
        for column in columns:
            faults = {one.fault for one in corpus if one.column == column}
            assert "null" in faults
            assert len(faults) >= 9
    longest = max(len(value) for one in corpus for value in _texts(one))
    assert longest > 1_000_000


def _texts(one: Specimen) -> list[str]:
    return [value for value in one.row.values() if isinstance(value, str)]


def test_raw_is_kept_and_duplicate_and_quarantined(con, corpus) -> None:
    rows = con.execute(
        "select system || '.' || table_name, raw_rows, kept_rows, duplicate_rows, "
        "quarantined_rows from marts.log_reconciliation"
    ).fetchall()
    found = {name: counts for name, *counts in rows}
    sent = Counter(one.table for one in corpus)
    for table in LOGS:
        raw_rows, kept, duplicate, quarantined = found[table]
        assert raw_rows == sent[table] == kept + duplicate + quarantined
        # a corpus of which all was refused, or nothing, would prove little
        assert kept > 50
        assert quarantined > 50


def test_every_mart_is_what_the_reference_makes_of_the_corpus(con, raw) -> None:
    expected = build_marts(raw, RUN_DATE, PEPPER, PRODUCTS, history_start_date=HISTORY)
    for mart, rows in expected.items():
        cursor = con.execute(f"select * from marts.{mart}")
        names = [column[0] for column in cursor.description]
        actual = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        assert Counter(map(comparable, actual)) == Counter(map(comparable, rows)), mart
        assert rows, mart
