"""The results of each scale: one JSON file a scale, and what is read out of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from harness.data import BENCHMARKS, number

Results = dict[str, Any]
Runs = list[dict[str, Any]]
FILE = "results_{}.json"


def load(scale: str, folder: Path = BENCHMARKS) -> Results:
    """Return the results of a scale, empty ones if there are none yet."""
    path = folder / FILE.format(scale)
    if not path.exists():
        return {"scale": scale}
    found: Results = json.loads(path.read_text(encoding="utf-8"))
    return found


def save(results: Results, folder: Path = BENCHMARKS) -> None:
    """Write the results of a scale."""
    text = json.dumps(results, indent=2, ensure_ascii=False) + "\n"
    (folder / FILE.format(results["scale"])).write_text(text, encoding="utf-8")


def load_all(folder: Path = BENCHMARKS) -> list[Results]:
    """Return the results of every scale that has some, the smallest first."""
    found = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in folder.glob(FILE.format("*"))
    ]
    return sorted(found, key=lambda results: number(results["scale"]))


def least(runs: Runs, name: str) -> float | None:
    """Return the least of a figure over the runs that went well.

    What else a machine does only ever adds to a run, so the least is nearest the truth.
    """
    return min((run[name] for run in _well(runs)), default=None)


def greatest(runs: Runs, name: str) -> float | None:
    """Return the greatest of a figure over the runs that went well."""
    return max((run[name] for run in _well(runs)), default=None)


def _well(runs: Runs) -> Iterable[dict[str, Any]]:
    return (run for run in runs if not run["failure"])


def fault(runs: Runs) -> str:
    """Return why a contender has no figure: it failed, or its rows are others."""
    for run in runs:
        if run["failure"]:
            return str(run["failure"]).splitlines()[0]
    others = max((run["other_rows"] or 0 for run in runs), default=0)
    return f"other rows: {others:,}" if others else ""


def contender(results: Results, name: str) -> Runs:
    """Return the runs of a contender at the whole scale; none where it has a fault."""
    runs: Runs = results.get("contenders", {}).get(name, [])
    return [] if fault(runs) else runs


def project_of(name: str) -> str:
    """Return the project's run that a contender is compared with: of as many marts."""
    return "project_all" if name.endswith("_all") else "project"


def beside(results: Results, name: str) -> tuple[Runs, Runs, Runs]:
    """Return runs that may be compared: the contender's, the project's, the scan's.

    They are of the whole scale, or of the greatest half of it that the contender
    survived; empty where it survived none or its rows are others.
    """
    whole: dict[str, Runs] = results.get("contenders", {})
    runs = whole.get(name, [])
    if fault(runs) and name in results.get("halved", {}):
        whole = results["halved"][name]["contenders"]
        runs = whole[name]
    if fault(runs):
        runs = []
    return runs, whole.get(project_of(name), []), whole.get("scan", [])


def ratio(one: float | None, other: float | None) -> float | None:
    """Return one figure over another; none where either is missing or nothing."""
    return one / other if one is not None and other else None
