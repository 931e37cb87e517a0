"""What a run took, as text for the terminal and as a page of the data dictionary."""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence

from ott import text_table
from ott.timings.artifacts import Node, Run

SLOWEST = 10
NAME_COLUMNS, PAGE_COLUMNS = 90, 70
Table = tuple[list[str], list[list[str]], tuple[int, ...]]


def summary(run: Run, path: Sequence[Node]) -> str:
    """Return the figures of a run and its tables as text."""
    figures = [
        ("wall time", f"{run.wall:.1f} s", _wall(run)),
        ("serial sum", f"{run.serial:.1f} s", _serial(run)),
        ("ratio", f"{ratio(run):.2f}", saving(run)),
        ("critical path", f"{length(path):.1f} s", _floor(path)),
    ]
    widths = [max(len(figure[at]) for figure in figures) for at in (0, 1)]
    lines = [heading(run), ""]
    lines += [
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {words}"
        for name, value, words in figures
    ]
    for title, table in _tables(run, path):
        lines += ["", title, text_table.render(*table, NAME_COLUMNS)]
    return "\n".join(lines)


def page(run: Run, path: Sequence[Node], picture: str) -> str:
    """Return the page of the data dictionary, as a docs block.

    Args:
        run: a whole run, on this machine.
        path: its critical path.
        picture: SVG; the site of dbt shows no HTML of a docs block, but images.
    """
    machine = f", {os.cpu_count()} cores" if run.adapter == "duckdb" else ""
    lines = [
        "{% docs __parallel_run__ %}",
        "# The run in parallel · 병렬 실행",
        "",
        "One run on the sample, on one machine: an example, no benchmark. `ott timings",
        "--write` renews this page from the last `make build`.",
        "",
        f"- Run: {heading(run)}{machine}.",
        f"- **Wall time: {run.wall:.1f} s**, {_wall(run)}.",
        f"- **Serial sum: {run.serial:.1f} s**, {_serial(run)}.",
        f"- **Ratio: {ratio(run):.2f}**: {saving(run)}. Nodes that share the machine",
        "  slow each other down, so one thread may need less than the sum.",
        f"- **Critical path: {length(path):.1f} s**: {_floor(path)}.",
        "",
        "![Gantt chart of the run][picture]",
    ]
    for title, table in _tables(run, path):
        lines += ["", f"## {title}", "", _markdown(table)]
    encoded = base64.b64encode(picture.encode()).decode()
    # at the end, so that the page can be read in an editor
    lines += ["", f"[picture]: data:image/svg+xml;base64,{encoded}", "{% enddocs %}"]
    return "\n".join([*lines, ""])


def heading(run: Run) -> str:
    """Return what ran, when and with what."""
    tests = sum(node.is_test for node in run.nodes)
    return (
        f"dbt {run.command} of {run.finished:%Y-%m-%d %H:%M} UTC, "
        f"{len(run.nodes) - tests:,} models and seeds, {counted(tests, 'test')}, "
        f"{counted(len(run.threads), 'thread')}, dbt {run.dbt_version} with "
        f"{run.adapter}"
    )


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def length(path: Sequence[Node]) -> float:
    """Return the time of a path."""
    return sum(node.seconds for node in path)


def ratio(run: Run) -> float:
    """Return how many seconds of work a second of the run did."""
    return run.serial / run.wall if run.wall else 1.0


def saving(run: Run) -> str:
    """Say what running in parallel saved."""
    saved = run.serial - run.wall
    if saved <= 0:
        return "running in parallel saves nothing"
    return f"running in parallel saves {saved:.1f} s, {saved / run.serial:.0%}"


def _wall(run: Run) -> str:
    return f"first node to last; {run.elapsed:.1f} s with dbt's preparation"


def _serial(run: Run) -> str:
    return f"the times of {counted(len(run.nodes), 'node')} one after the other"


def _floor(path: Sequence[Node]) -> str:
    return f"{counted(len(path), 'node')} in a row; no thread more shortens that"


def _tables(run: Run, path: Sequence[Node]) -> list[tuple[str, Table]]:
    return [
        ("Critical path", _path_table(path)),
        ("Slowest nodes", _slowest_table(run, path)),
        ("Threads", _thread_table(run)),
    ]


def _path_table(path: Sequence[Node]) -> Table:
    rows, free = [], 0.0
    for node in path:
        start = waited = "never"
        if node.start is not None and node.end is not None:
            start = f"{node.start:.2f}"
            waited = f"{max(node.start - free, 0.0):.2f}"
            free = node.end
        rows.append([start, waited, f"{node.seconds:.2f}", node.kind, _named(node)])
    return ["start, s", "waited, s", "time, s", "kind", "node"], rows, (0, 1, 2)


def _slowest_table(run: Run, path: Sequence[Node]) -> Table:
    critical = {node.id for node in path}
    slowest = sorted(run.nodes, key=lambda node: (-node.seconds, node.id))[:SLOWEST]
    rows = [
        [
            f"{node.seconds:.2f}",
            f"{node.seconds / (run.serial or 1.0):.0%}",
            "yes" if node.id in critical else "no",
            node.kind,
            _named(node),
        ]
        for node in slowest
        if node.has_run
    ]
    return ["time, s", "of the sum", "critical", "kind", "node"], rows, (0, 1)


def _thread_table(run: Run) -> Table:
    rows = []
    for thread, nodes in run.threads.items():
        busy = sum(node.seconds for node in nodes)
        share = busy / run.wall if run.wall else 1.0
        rows.append([thread, f"{len(nodes):,}", f"{busy:.1f}", f"{share:.0%}"])
    return ["thread", "nodes", "busy, s", "of the wall time"], rows, (1, 2, 3)


def _named(node: Node) -> str:
    """Return the name of a node, and what became of it unless all was well."""
    is_well = node.status in ("success", "pass")
    return node.name if is_well else f"{node.name} ({node.status})"


def _markdown(table: Table) -> str:
    headers, rows, right = table
    rule = ["--:" if at in right else "---" for at in range(len(headers))]
    cut = [[text_table.shorten(cell, PAGE_COLUMNS) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in (headers, rule, *cut))
