"""What the benchmark of each mart measures is there, and nothing is forgotten."""

from __future__ import annotations

from harness.marts import MARTS

from ott.contract import PROJECT_DIR


def test_every_model_that_is_measured_is_one_of_the_project() -> None:
    models = {path.stem for path in (PROJECT_DIR / "models").rglob("*.sql")}
    named = {*MARTS, *(model for own in MARTS.values() for model in own)}
    assert named <= models


def test_every_mart_of_subscription_life_is_measured() -> None:
    folder = PROJECT_DIR / "models/marts/subscription/life"
    tables = {
        path.stem
        for path in folder.glob("*.sql")
        if "table_design" in path.read_text(encoding="utf-8")
    }
    assert tables <= set(MARTS)
