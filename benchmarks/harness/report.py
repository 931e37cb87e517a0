"""Writes RESULTS.md from the results of each scale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from harness.goals import GOALS, growth
from harness.results import (
    Results,
    Runs,
    beside,
    fault,
    greatest,
    least,
    project_of,
    ratio,
)

NONE = "–"

INTRODUCTION = """\
# Benchmarks

`make bench SCALE=10M` (or `50M`) writes this page: `benchmarks/bench.py` runs every
contender as a process of its own on the same raw logs and measures it from outside.
Seconds are the least of the rounds, with the range over the rounds in brackets: what
else a machine does only adds to a run. CPU counts all cores and child processes. Memory
is the greatest sum over the process and its children, looked at fifty times a second;
PSS counts shared pages once. The project's figures are those of `ott build`: its
checks, dbt and the tests of the models are in them, and its own start takes seconds.
Only ratios within one run mean anything on another machine.

Every contender writes the same `viewing_daily`, and the textbook SQL in plain DuckDB
the three core marts too: all rows and columns are compared with the project's after
each run, and a contender with other rows gets their number for its figure. Those of
three marts are compared with the project's three."""


def render(all_results: Sequence[Results], titles: dict[str, str]) -> str:
    """Return the page.

    Args:
        all_results: the results of each scale, the smallest first.
        titles: what each contender is called.
    """
    parts = [INTRODUCTION, "## Goals", *_goals(all_results)]
    if any("contenders" in results for results in all_results):
        parts.append(
            "![Seconds over the scan limit, and memory, of each contender](results.svg)"
        )
    for results in all_results:
        parts += _scale(results, titles)
    return "\n\n".join(parts) + "\n"


def _goals(all_results: Sequence[Results]) -> list[str]:
    rows = []
    for goal in GOALS:
        cells = []
        for results in all_results:
            verdict = goal.judge(results)
            if verdict is None:
                cells.append(NONE)
            else:
                word = "met" if verdict.is_met else "**missed**"
                cells.append(f"{word}: {verdict.figure}")
        rows.append([goal.text, *cells])
    return [table(["goal", *(results["scale"] for results in all_results)], rows)]


def _scale(results: Results, titles: dict[str, str]) -> list[str]:
    parts = [f"## {results['scale']} plays", _setting(results)]
    if "contenders" in results:
        parts += [
            f"### The contenders, {results['plays']:,} plays",
            _measured(results, "contenders"),
            _contenders(results, titles),
            *_halved(results, titles),
        ]
    sections: dict[str, tuple[str, Callable[[Results], Iterable[str]]]] = {
        "daily": ("The daily run", _daily),
        "backfill": ("A backfill in chunks", _backfill),
        "marts": ("Each mart on its own", _marts),
        "growth": ("Growth", _growth),
        "generator": ("The sample generator", _generator),
    }
    for name, (title, section) in sections.items():
        if name in results:
            parts += [f"### {title}", _measured(results, name), *section(results)]
    return parts


def _setting(results: Results) -> str:
    machine, versions = results["machine"], results["versions"]
    told = [
        f"{kind}: " + ", ".join(f"{name} {number}" for name, number in found.items())
        for kind, found in versions.items()
    ]
    return (
        f"{machine['processor']}, "
        f"{machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}. "
        f"Versions of the {'; of the '.join(told)}."
    )


def _measured(results: Results, name: str) -> str:
    found = results["measured"][name]
    return f"{found['date']}, commit {found['commit']}, rounds: {found['rounds']}."


def _contenders(results: Results, titles: dict[str, str]) -> str:
    rows = []
    for name, runs in results["contenders"].items():
        if problem := fault(runs):
            rows.append([titles[name], problem, *[NONE] * 5])
            continue
        rows.append([titles[name], *_figures(runs, *beside(results, name)[1:])])
    return table(
        [
            "",
            "seconds",
            "CPU s",
            "peak MiB",
            "PSS MiB",
            "seconds ÷ scan",
            "seconds ÷ project",
        ],
        rows,
    )


def _figures(runs: Runs, ours: Runs, scan: Runs) -> list[str]:
    wall = least(runs, "wall")
    return [
        spread(runs),
        _shown(least(runs, "cpu"), "{:.2f}"),
        _shown(greatest(runs, "peak_mib"), "{:,.0f}"),
        _shown(greatest(runs, "shared_once_mib"), "{:,.0f}"),
        _shown(ratio(wall, least(scan, "wall")), "{:.1f}×"),
        _shown(ratio(wall, least(ours, "wall")), "{:.2f}×"),
    ]


def _halved(results: Results, titles: dict[str, str]) -> Iterable[str]:
    for name, half in results.get("halved", {}).items():
        runs, ours, scan = beside(results, name)
        told = (
            f"{titles[name]} does not survive {results['scale']}; at {half['scale']}:"
        )
        yield told[0].upper() + told[1:]
        rows = [
            [titles[one], *_figures(found, ours, scan)]
            for one, found in ((name, runs), (project_of(name), ours), ("scan", scan))
        ]
        yield table(
            ["", "seconds", "CPU s", "peak MiB", "PSS MiB", "÷ scan", "÷ project"],
            rows,
        )


def _daily(results: Results) -> Iterable[str]:
    daily = results["daily"]
    yield (
        f"{daily['plays_per_day']:,} plays a day, all but the last day built, then "
        "`ott daily` for the last. Every history ends on the same day; `sample` is "
        "the default sample."
    )
    histories = daily["histories"]
    first = least(histories["30"]["runs"], "wall") if "30" in histories else None
    rows = [
        [
            name if name == "sample" else f"{found['days']:,} days",
            f"{found['plays']:,}",
            f"{found['build']['wall']:.1f}",
            spread(found["runs"]),
            _shown(least(found["runs"], "cpu"), "{:.2f}"),
            _shown(greatest(found["runs"], "peak_mib"), "{:,.0f}"),
            _shown(ratio(least(found["runs"], "wall"), first), "{:.2f}×")
            if name != "sample"
            else NONE,
        ]
        for name, found in histories.items()
    ]
    yield table(
        [
            "history",
            "plays",
            "build, s",
            "daily, s",
            "daily CPU s",
            "daily MiB",
            "÷ 30 days",
        ],
        rows,
    )


def _backfill(results: Results) -> Iterable[str]:
    found = results["backfill"]
    full, again = found["build"], found["backfill"]
    rows = [
        [
            name,
            spread(runs),
            _shown(least(runs, "cpu"), "{:.2f}"),
            _shown(greatest(runs, "peak_mib"), "{:,.0f}"),
            _shown(ratio(least(runs, "wall"), least(full, "wall")), "{:.2f}×"),
        ]
        for name, runs in (
            ("`ott build`, every model", full),
            (f"`ott daily --backfill`, {found['days']} days", again),
        )
    ]
    yield table(["", "seconds", "CPU s", "peak MiB", "÷ full build"], rows)


def _marts(results: Results) -> Iterable[str]:
    found = results["marts"]
    full, daily = found["runs"]["full"], found["runs"]["daily"]
    yield (
        f"{found['plays']:,} plays and a tenth as many accounts: seconds of the models "
        "that a mart needs over what others need too, in a full build and in a daily "
        "run, and what dbt takes for all of them together."
    )
    rows = [
        [f"`{mart}`", f"{seconds['full']:.2f}", f"{seconds['daily']:.2f}", NONE, NONE]
        for mart, seconds in found["marts"].items()
    ]
    rows.append(
        [
            "all of them, dbt included",
            f"{full['wall']:.2f}",
            f"{daily['wall']:.2f}",
            f"{full['cpu']:.2f}",
            f"{full['peak_mib']:,.0f}",
        ]
    )
    yield table(["", "full, s", "daily, s", "full CPU s", "peak MiB"], rows)


def _growth(results: Results) -> Iterable[str]:
    rows = [
        [
            size,
            spread(found["runs"]),
            _shown(least(found["runs"], "cpu"), "{:.2f}"),
            _shown(greatest(found["runs"], "peak_mib"), "{:,.0f}"),
            _shown(ratio(least(found["runs"], "wall"), found["plays"] / 1e6), "{:.2f}"),
        ]
        for size, found in results["growth"].items()
    ]
    yield table(["core marts of", "seconds", "CPU s", "peak MiB", "s per M"], rows)
    if found := growth(results):
        plays, seconds = found
        yield f"{plays:.0f} times the plays take {seconds:.1f} times as long."


def _generator(results: Results) -> Iterable[str]:
    figures = results["generator"]
    yield (
        f"{figures['rows']:,} rows, {figures['plays']:,} of them plays, in "
        f"{figures['seconds']} s with {figures['processes']} processes: "
        f"{figures['rows_per_second']:,} rows a second, {figures['peak_mib']:,} MiB "
        f"({figures['shared_once_mib']:,} MiB PSS), "
        f"{figures['disk_mib']:,} MiB on disk."
    )


def spread(runs: Runs) -> str:
    """Return the least of the seconds, with their range where there are several."""
    low, high = least(runs, "wall"), greatest(runs, "wall")
    if low is None or high is None:
        return NONE
    if len(runs) < 2:
        return f"{low:.2f}"
    return f"{low:.2f} ({low:.2f}–{high:.2f})"


def _shown(value: float | None, pattern: str) -> str:
    return NONE if value is None else pattern.format(value)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table: the first column to the left, others to the right."""
    marks = ["---", *["---:"] * (len(head) - 1)]
    lines = (head, marks, *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
