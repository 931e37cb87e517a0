"""What is made of the results of tests is built after the tests, and nothing else."""

from __future__ import annotations

from typing import Any

TAG = "kept_results"


def test_what_reads_a_model_of_results_waits_for_the_results_too(dbt) -> None:
    models = {
        name: node
        for name, node in dbt.manifest["nodes"].items()
        if node["resource_type"] == "model"
    }
    tagged = {name for name, node in models.items() if TAG in node["tags"]}
    assert tagged
    assert readers(models, tagged) <= tagged


def readers(models: dict[str, dict[str, Any]], read: set[str]) -> set[str]:
    return {
        name for name, node in models.items() if read & {*node["depends_on"]["nodes"]}
    }


def test_the_check_itself() -> None:
    models = {"a": {"depends_on": {"nodes": ["b"]}}, "b": {"depends_on": {"nodes": []}}}
    assert readers(models, {"b"}) == {"a"}
