"""What a full build in chunks of days needs of the models' tags."""

from __future__ import annotations

from ott.runs.run import CHUNKED

TAG = CHUNKED.removeprefix("tag:")


def test_what_lies_between_models_that_run_by_chunk_runs_by_chunk_too(dbt) -> None:
    # it would be built before the table it reads, or after the one that reads it
    models = {
        key: node
        for key, node in dbt.manifest["nodes"].items()
        if node["resource_type"] == "model"
    }
    parents = {
        key: [parent for parent in node["depends_on"]["nodes"] if parent in models]
        for key, node in models.items()
    }
    tagged = {key for key, node in models.items() if TAG in node["tags"]}

    def above(key: str) -> set[str]:
        return {key}.union(*(above(parent) for parent in parents[key]))

    needed = set().union(*(above(key) for key in tagged))
    between = {key for key in needed if above(key) & tagged}
    assert len(tagged) >= 2
    assert between == tagged
