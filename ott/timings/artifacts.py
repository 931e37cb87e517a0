"""Reads dbt's two files of a run: run_results.json and manifest.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from math import inf
from pathlib import Path
from typing import Any

from ott.errors import UserError

RESULTS, MANIFEST = "run_results.json", "manifest.json"
COMMANDS = ("build", "run")
DATA_TEST, UNIT_TEST = "test", "unit_test"
FAILED = ("error", "fail", "runtime error", "partial success")
NOT_RUN = ("skipped", "no-op")
MEND = "Run `make build`, which writes both files anew"


@dataclass(frozen=True)
class Node:
    """One result of a run; `start` and `end` are seconds after the first start.

    A node that dbt skipped has neither, nor has one that failed before its first step.
    """

    id: str
    status: str
    thread: str
    seconds: float
    start: float | None = None
    end: float | None = None

    @property
    def kind(self) -> str:
        """Return dbt's resource type."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """Return the name without project and, of a data test, without its hash."""
        parts = self.id.split(".")[2:]
        return parts[0] if self.kind == DATA_TEST else ".".join(parts)

    @property
    def is_test(self) -> bool:
        """Tell whether it is a data test or a unit test."""
        return self.kind in (DATA_TEST, UNIT_TEST)

    @property
    def has_run(self) -> bool:
        """Tell whether dbt executed it, with whatever outcome."""
        return self.status not in NOT_RUN

    @property
    def is_broken(self) -> bool:
        """Tell whether it failed, or was skipped because of a failure."""
        return self.status in (*FAILED, "skipped")


@dataclass(frozen=True)
class Run:
    """A run of dbt: its results in the order of their start, and the parents of all.

    `parents` has every node of the project, also those that did not run.
    """

    command: str
    finished: datetime
    dbt_version: str
    adapter: str
    elapsed: float
    is_selection: bool
    nodes: tuple[Node, ...]
    parents: dict[str, frozenset[str]]

    @property
    def placed(self) -> list[Node]:
        """Return the nodes whose start is known."""
        return [node for node in self.nodes if node.start is not None]

    @property
    def wall(self) -> float:
        """Return the seconds from the first node's start to the last node's end."""
        return max((node.end or 0.0 for node in self.placed), default=0.0)

    @property
    def serial(self) -> float:
        """Return the sum of the times of all nodes."""
        return sum(node.seconds for node in self.nodes)

    @property
    def threads(self) -> dict[str, list[Node]]:
        """Return the nodes of each thread that ran any, in the order of the threads."""
        names = sorted({n.thread for n in self.placed}, key=lambda x: (len(x), x))
        return {
            name: [node for node in self.placed if node.thread == name]
            for name in names
        }


def read_run(folder: Path) -> Run:
    """Read the run whose files lie in a target folder of dbt.

    Raises:
        UserError: a file is missing, damaged, of another command or of another run.
    """
    results = folder / RESULTS
    raw = _load(results)
    try:
        command = str(raw["args"]["which"])
        if command not in COMMANDS:
            raise UserError(
                f"{results} is of `dbt {command}`; times are read of `dbt build` or "
                f"`dbt run`, and each command writes over the file. {MEND}."
            )
        nodes = _nodes(raw["results"])
        metadata = raw["metadata"]
        finished = datetime.fromisoformat(metadata["generated_at"])
        dbt_version = str(metadata["dbt_version"])
        elapsed = float(raw["elapsed_time"])
        is_selection = bool(raw["args"].get("select"))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _damaged(results, error) from None
    if not any(node.has_run and node.start is not None for node in nodes):
        raise UserError(f"{results} has no node that ran. {MEND}.")

    manifest = folder / MANIFEST
    raw = _load(manifest)
    try:
        parents = {
            str(child): frozenset(map(str, parents))
            for child, parents in raw["parent_map"].items()
        }
        # hooks are nodes without an entry in the map
        known = {*parents, *raw["nodes"]}
        adapter = str(raw["metadata"]["adapter_type"])
    except (AttributeError, KeyError, TypeError) as error:
        raise _damaged(manifest, error) from None
    unknown = [node.id for node in nodes if node.id not in known]
    if unknown:
        rest = f" and {len(unknown) - 1:,} more" if len(unknown) > 1 else ""
        raise UserError(
            f"{manifest} does not know {unknown[0]}{rest} of {results.name}: the two "
            f"are of different runs. {MEND}."
        )
    return Run(
        command, finished, dbt_version, adapter, elapsed, is_selection, nodes, parents
    )


def _nodes(results: list[dict[str, Any]]) -> tuple[Node, ...]:
    """Return the nodes with their offsets, in the order of their start."""
    spans = [_span(result["timing"]) for result in results]
    zero = min((span[0] for span in spans if span), default=None)
    nodes = []
    for result, span in zip(results, spans, strict=True):
        seconds = float(result["execution_time"])
        if not 0 <= seconds < inf:
            raise ValueError(f"an execution_time of {seconds}")
        start = end = None
        if span and zero is not None:
            start, end = ((moment - zero).total_seconds() for moment in span)
        thread = str(result["thread_id"]).partition(" ")[0]
        nodes.append(
            Node(
                str(result["unique_id"]),
                str(result["status"]),
                thread,
                seconds,
                start,
                end,
            )
        )
    return tuple(
        sorted(nodes, key=lambda n: (inf if n.start is None else n.start, n.id))
    )


def _span(timing: list[dict[str, Any]]) -> tuple[datetime, datetime] | None:
    """Return the start of a node's first step and the end of its last."""
    moments = [
        datetime.fromisoformat(step[key])
        for step in timing
        for key in ("started_at", "completed_at")
        if step[key]
    ]
    return (min(moments), max(moments)) if moments else None


def _load(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(
            f"There is no {path.name} in {path.parent}. {MEND}, or name the folder "
            "of a run with --target-path."
        ) from None
    except OSError as error:
        raise UserError(
            f"{path} cannot be read: {error.strerror}. Name the folder of a run with "
            "--target-path."
        ) from None
    except ValueError as error:
        raise _damaged(path, error) from None
    if not isinstance(found, dict):
        raise _damaged(path, TypeError("no JSON object"))
    return found


def _damaged(path: Path, error: Exception) -> UserError:
    what = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
    return UserError(f"{path} is damaged: {what}. {MEND}.")
