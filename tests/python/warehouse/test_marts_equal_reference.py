"""The SQL against a Python reference that another author wrote from the definitions."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from ott.bigquery.duckdb_build import build
from ott.contract import PROJECT_DIR
from reference.generate import RUN_DATE, raw_data, write_raw
from reference.marts import build_marts

PEPPER = "pepper"
PRODUCTS = list(csv.DictReader((PROJECT_DIR / "seeds/products.csv").open()))
VARIABLES = [
    {},
    {"grace_days": 1},
    {"grace_days": 2, "valid_view_seconds": 60, "equivalent_price_krw": 9900},
]


def comparable(row: dict[str, Any]) -> tuple[Any, ...]:
    """A row as a value: decimals by what they are worth, floats to 12 digits."""
    return tuple(
        float(f"{value:.12g}")
        if isinstance(value, float)
        else value.normalize()
        if isinstance(value, Decimal)
        else value
        for value in row.values()
    )


@pytest.mark.parametrize("variables", VARIABLES, ids=str)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(raw=raw_data())
def test_every_mart_equals_the_reference(compiled, variables, raw) -> None:
    project = compiled(**variables)
    with tempfile.TemporaryDirectory() as directory:
        write_raw(raw, Path(directory))
        con = build(project, Path(directory), PEPPER)
        expected = build_marts(raw, RUN_DATE, PEPPER, PRODUCTS, **variables)
        for mart, rows in expected.items():
            cursor = con.execute(f"select * from marts.{mart}")
            names = [column[0] for column in cursor.description]
            actual = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            if rows:
                assert list(rows[0]) == names
            assert Counter(map(comparable, actual)) == Counter(map(comparable, rows)), (
                mart
            )
        con.close()
