"""Results of dbt's data tests as rows to keep: no failing row, no value of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ott.quality.kept import keep, kept_path

TABLE = "check_result"
QUESTIONS = re.compile(
    r"\*\*What is this test\?\*\*(?P<what>.*?)"
    r"\*\*When is this important to resolve\?\*\*(?P<when>.*?)"
    r"\*\*How to resolve\?\*\*(?P<how>.*?)\*/",
    re.DOTALL,
)
# What a message of a database may quote: values of a row, in quotes or as figures.
VALUES = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\S*@\S*|[0-9]{2,}|[0-9a-f]{16,}")
# dbt's own words about a test that ran: they hold counts alone.
COUNTED = re.compile(r"Got [0-9]+ results?, configured to (fail|warn) if [!<>= 0-9]+")
LONGEST = 200


def keep_checks(result: Any, database: Path) -> int:
    """Keep the results of the tests of one command of dbt beside the database.

    Args:
        result: what dbt's runner returned; without results nothing is kept.
        database: the DuckDB file.
    """
    from dbt_common.invocation import get_invocation_id

    found = getattr(result, "results", [])
    tests = [one for one in found if getattr(one.node, "resource_type", "") == "test"]
    moment = getattr(result, "generated_at", None) or datetime.now(UTC)
    nodes = {one.node.unique_id: one.node.to_dict(omit_none=False) for one in tests}
    results = [
        {
            "unique_id": one.node.unique_id,
            "status": str(one.status),
            "failures": one.failures,
            "message": one.message,
            "execution_time": one.execution_time,
        }
        for one in tests
    ]
    run = get_invocation_id()
    rows = list(check_rows(results, nodes, run, moment.replace(tzinfo=None)))
    return keep(kept_path(database), TABLE, run, rows)


def check_rows(
    results: Sequence[Mapping[str, Any]],
    nodes: Mapping[str, Mapping[str, Any]],
    invocation_id: str,
    finished_at: datetime,
) -> Iterator[dict[str, Any]]:
    """Yield a row for each data test among the results.

    Args:
        results: results as in run_results.json.
        nodes: nodes as in manifest.json, by id.
        invocation_id: dbt's name of the run.
        finished_at: when it ended, UTC without a mark.
    """
    for result in results:
        node = nodes.get(str(result["unique_id"]))
        if node is None or node["resource_type"] != "test":
            continue
        texts = texts_of(node)
        config = node["config"]
        yield {
            "invocation_id": invocation_id,
            "finished_at": finished_at,
            "check_id": node["unique_id"],
            "check_name": node["name"],
            "check_type": _type(node),
            "domain": domain_of(str(node["original_file_path"])),
            "model_name": _model(node),
            "column_name": node.get("column_name"),
            "severity": str(config["severity"]).lower(),
            "status": result["status"],
            "failures": result["failures"],
            "seconds": result["execution_time"],
            "message": masked(result["message"]),
            "owner": _meta(node).get("owner"),
            **texts,
        }


def texts_of(node: Mapping[str, Any]) -> dict[str, str | None]:
    """Return what a test says of itself: by its meta, its SQL or its description."""
    said = QUESTIONS.search(str(node.get("raw_code") or ""))
    own = said.groupdict() if said else {"what": node.get("description") or ""}
    meta = _meta(node)
    return {
        column: " ".join(str(meta.get(column) or own.get(key) or "").split()) or None
        for column, key in (
            ("what_is_this", "what"),
            ("when_does_it_matter", "when"),
            ("how_to_resolve", "how"),
        )
    }


def domain_of(path: str) -> str:
    """Return the domain that a file of the project belongs to, by its folder."""
    parts = Path(path).parts
    if parts[0] == "seeds":
        return "reference"
    at = 1 if parts[0] == "tests" else 2
    return parts[at] if len(parts) > at + 1 else "project"


def masked(message: object) -> str | None:
    """Return a message without what it may quote of a row.

    dbt's own counts stay. Of a database's error the first line stays, with every quoted
    text and number in it left out.
    """
    text = str(message or "").strip()
    if not text or COUNTED.fullmatch(text):
        return text or None
    return VALUES.sub("…", text.splitlines()[0])[:LONGEST]


def _type(node: Mapping[str, Any]) -> str:
    generic = node.get("test_metadata") or {}
    return str(generic.get("name") or "singular")


def _model(node: Mapping[str, Any]) -> str | None:
    """Return what the test is of: its model, else the one that its name begins with."""
    attached = node.get("attached_node")
    if attached:
        return str(attached).split(".")[2]
    read = [str(one).split(".")[-1] for one in node["depends_on"]["nodes"]]
    named = str(node["name"]).partition("__")[0]
    return named if named in read else next(iter(read), None)


def _meta(node: Mapping[str, Any]) -> Mapping[str, Any]:
    return node["config"].get("meta") or {}
