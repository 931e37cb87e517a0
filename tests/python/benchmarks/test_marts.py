"""What the benchmark of each mart measures is there, and nothing is forgotten."""

from __future__ import annotations

import pytest
from harness.marts import MARTS

from ott.contract import PROJECT_DIR


def test_every_model_that_is_measured_is_one_of_the_project() -> None:
    models = {path.stem for path in (PROJECT_DIR / "models").rglob("*.sql")}
    named = {*MARTS, *(model for own in MARTS.values() for model in own)}
    assert named <= models


@pytest.mark.parametrize(
    "domain", ["subscription/life", "content", "service_bi", "crm"]
)
def test_every_mart_of_a_domain_is_measured(domain: str) -> None:
    folder = PROJECT_DIR / "models/marts" / domain
    # a view over a view of tables costs a run nothing
    marts = {path.stem for path in folder.glob("*.sql")} - {"subscription_spells"}
    assert marts <= set(MARTS)


def test_no_model_is_charged_twice_to_a_mart() -> None:
    for mart, own in MARTS.items():
        assert len({mart, *own}) == len(own) + 1, mart
