"""The chart of RESULTS.md: a Vega-Lite specification, drawn by vl-convert."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.data import BENCHMARKS
from harness.machine import ENGINES_PYTHON
from harness.results import Results, contender, greatest, least, ratio

DRAW = BENCHMARKS / "harness" / "draw.py"
NAMES = {
    "scan": "scan limit",
    "project": "this project",
    "project_all": "this project, 3 marts",
    "textbook_duckdb": "textbook SQL, DuckDB",
    "textbook_all": "textbook SQL, 3 marts",
    "polars": "polars",
    "pandas": "pandas",
    "textbook_dbt": "textbook SQL, dbt",
    "sqlmesh": "textbook SQL, SQLMesh",
}
KINDS = {"scan": "limit", "project": "project", "project_all": "project"}
COLOURS = {"limit": "#9aa0a6", "project": "#0b6e4f", "other": "#c9b79c"}


def specification(all_results: Sequence[Results]) -> dict[str, Any]:
    """Return the chart: for each scale, seconds over the scan limit beside memory."""
    rows = [
        {"values": _values(results), "scale": results["scale"]}
        for results in all_results
        if contender(results, "scan")
    ]
    return {
        "background": "white",
        "padding": 12,
        "vconcat": [
            {
                "title": {"text": f"{row['scale']} plays", "anchor": "start"},
                "data": {"values": row["values"]},
                "spacing": 28,
                "hconcat": [
                    _bars("times", "seconds, in scans of the log", ".1f", labels=True),
                    _bars("mib", "peak memory, MiB", ",.0f", labels=False),
                ],
            }
            for row in rows
        ],
        "config": {
            "font": "sans-serif",
            "view": {"stroke": None},
            "axis": {"domain": False, "ticks": False, "labelFontSize": 12},
            "axisX": {"grid": True, "gridColor": "#eeeeee", "titleFontWeight": 400},
        },
    }


def _values(results: Results) -> list[dict[str, Any]]:
    scan = least(contender(results, "scan"), "wall")
    values = []
    for name, shown in NAMES.items():
        runs = contender(results, name)
        times = ratio(least(runs, "wall"), scan)
        if times is not None:
            values.append(
                {
                    "name": shown,
                    "kind": KINDS.get(name, "other"),
                    "times": round(times, 3),
                    "mib": greatest(runs, "peak_mib"),
                }
            )
    return values


def _bars(field: str, title: str, pattern: str, *, labels: bool) -> dict[str, Any]:
    y: dict[str, Any] = {"field": "name", "type": "nominal", "title": None}
    y |= {"sort": None, "axis": {} if labels else None}
    x = {"field": field, "type": "quantitative", "title": title}
    colour = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": [*COLOURS], "range": [*COLOURS.values()]},
        "legend": None,
    }
    text = {"field": field, "type": "quantitative", "format": pattern}
    return {
        "width": 300,
        "height": {"step": 24},
        "encoding": {"y": y, "x": x},
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.7}},
                "encoding": {"color": colour},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 12},
                "encoding": {"text": text},
            },
        ],
    }


def draw(spec: dict[str, Any], out: Path) -> None:
    """Draw a specification as SVG, or as PNG if the file is named so."""
    subprocess.run(
        [str(ENGINES_PYTHON), str(DRAW), str(out)],
        input=json.dumps(spec),
        text=True,
        check=True,
    )
