"""What the project wants to reach, and whether the figures say that it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.data import number
from harness.results import Results, beside, contender, greatest, least, ratio

LARGE = 50_000_000
GIB = 1024.0


@dataclass(frozen=True)
class Verdict:
    """A figure as it is shown, and whether the goal is met."""

    figure: str
    is_met: bool


@dataclass(frozen=True)
class Goal:
    """A goal in words, and how it is judged; none where there is no figure."""

    text: str
    judge: Callable[[Results], Verdict | None]


def _at_most(figure: float | None, limit: float, shown: str) -> Verdict | None:
    return None if figure is None else Verdict(shown.format(figure), figure <= limit)


def _at_least(figure: float | None, limit: float, shown: str) -> Verdict | None:
    return None if figure is None else Verdict(shown.format(figure), figure >= limit)


def _core_over_scan(results: Results) -> Verdict | None:
    ours, scan = contender(results, "project_all"), contender(results, "scan")
    wall = ratio(least(ours, "wall"), least(scan, "wall"))
    cpu = ratio(least(ours, "cpu"), least(scan, "cpu"))
    verdict = _at_most(wall, 3, "{:.1f}×")
    if verdict is None or cpu is None:
        return verdict
    return Verdict(f"{verdict.figure} wall, {cpu:.1f}× CPU", verdict.is_met)


def _viewing_over_scan(results: Results) -> Verdict | None:
    if number(results["scale"]) < LARGE:
        return None
    ours, scan = contender(results, "project"), contender(results, "scan")
    times = ratio(least(ours, "wall"), least(scan, "wall"))
    peak = greatest(ours, "peak_mib")
    if times is None or peak is None:
        return None
    figure = f"{times:.1f}×, {peak / GIB:.2f} GiB"
    return Verdict(figure, times <= 8 and peak <= 2 * GIB)


def _faster_than(name: str, limit: float) -> Callable[[Results], Verdict | None]:
    def judge(results: Results) -> Verdict | None:
        theirs, ours, _ = beside(results, name)
        times = ratio(least(theirs, "wall"), least(ours, "wall"))
        verdict = _at_least(times, limit, "{:.1f}×")
        halved = results.get("halved", {}).get(name)
        if verdict and halved:
            figure = f"{verdict.figure} at {halved['scale']}"
            return Verdict(figure, verdict.is_met)
        return verdict

    return judge


def _least_memory(results: Results) -> Verdict | None:
    ours = greatest(contender(results, "project"), "peak_mib")
    others = {
        name: peak
        for name in results.get("contenders", {})
        if name not in ("project", "project_all", "scan")
        and (peak := greatest(contender(results, name), "peak_mib")) is not None
    }
    if ours is None or not others:
        return None
    name = min(others, key=lambda other: others[other])
    figure = f"{ours:,.0f} MiB, next {name} {others[name]:,.0f}"
    return Verdict(figure, ours <= others[name])


def _daily(results: Results, history: str, name: str) -> float | None:
    histories = results.get("daily", {}).get("histories", {})
    runs = histories.get(history, {}).get("runs", [])
    return least(runs, name) if name == "wall" else greatest(runs, name)


def _daily_growth(results: Results) -> Verdict | None:
    growth = ratio(_daily(results, "1095", "wall"), _daily(results, "30", "wall"))
    return _at_most(growth, 1.2, "{:.2f}×")


def _daily_sample(results: Results) -> Verdict | None:
    return _at_most(_daily(results, "sample", "wall"), 6, "{:.1f} s")


def _daily_memory(results: Results) -> Verdict | None:
    histories = results.get("daily", {}).get("histories", {})
    peaks = [_daily(results, name, "peak_mib") for name in histories]
    known = [peak for peak in peaks if peak is not None]
    return _at_most(max(known, default=None), 500, "{:,.0f} MiB")


def _large_memory(results: Results) -> Verdict | None:
    if number(results["scale"]) < LARGE:
        return None
    peaks = [
        greatest(contender(results, "project_all"), "peak_mib"),
        greatest(results.get("backfill", {}).get("build", []), "peak_mib"),
    ]
    known = [peak / GIB for peak in peaks if peak is not None]
    return _at_most(max(known, default=None), 2, "{:.2f} GiB")


def _slowest_mart(name: str, limit: float) -> Callable[[Results], Verdict | None]:
    def judge(results: Results) -> Verdict | None:
        marts = results.get("marts", {}).get("marts", {})
        if not marts:
            return None
        slowest = max(marts, key=lambda mart: float(marts[mart][name]))
        figure = f"{marts[slowest][name]:.1f} s, `{slowest}`"
        return Verdict(figure, marts[slowest][name] <= limit)

    return judge


def _marts_memory(results: Results) -> Verdict | None:
    runs = results.get("marts", {}).get("runs", {})
    return _at_most(greatest(list(runs.values()), "peak_mib"), 2 * GIB, "{:,.0f} MiB")


def growth(results: Results) -> tuple[float, float] | None:
    """Return by how much plays and seconds grow from the smallest size to the scale."""
    sizes = list(results.get("growth", {}).values())
    if len(sizes) < 2:
        return None
    first, last = least(sizes[0]["runs"], "wall"), least(sizes[-1]["runs"], "wall")
    times = ratio(last, first)
    return None if times is None else (sizes[-1]["plays"] / sizes[0]["plays"], times)


def _linear(results: Results) -> Verdict | None:
    found = growth(results)
    if found is None:
        return None
    plays, seconds = found
    figure = f"{seconds:.1f}× the time for {plays:.0f}× the plays"
    return Verdict(figure, seconds <= plays)


GOALS = (
    Goal("Core marts ≤ 3× the scan limit", _core_over_scan),
    Goal("`viewing_daily` of 50M ≤ 8× its scan, in ≤ 2 GiB", _viewing_over_scan),
    Goal(
        "Core marts ≥ 2× faster than textbook SQL in DuckDB",
        _faster_than("textbook_all", 2),
    ),
    Goal("`viewing_daily` alone likewise", _faster_than("textbook_duckdb", 2)),
    Goal("≥ 3× faster than polars", _faster_than("polars", 3)),
    Goal("≥ 10× faster than pandas", _faster_than("pandas", 10)),
    Goal("Least memory of all", _least_memory),
    Goal("Daily run ≤ 1.2× from 30 to 1,095 days of history", _daily_growth),
    Goal("Daily run of the default sample < 6 s", _daily_sample),
    Goal("Daily run ≤ 500 MiB", _daily_memory),
    Goal("Full build of 50M ≤ 2 GiB", _large_memory),
    Goal("Each mart ≤ 10 s in a full build", _slowest_mart("full", 10)),
    Goal("Each mart ≤ 2 s in a daily run", _slowest_mart("daily", 2)),
    Goal("The marts one by one ≤ 2 GiB", _marts_memory),
    Goal("Full build grows with the plays, or slower", _linear),
)
