"""The page benchmarks/QUALITY.md."""

from __future__ import annotations

from collections import Counter
from typing import Any

from detection.faults import KINDS
from detection.score import Score
from detection.world import ACCOUNTS, FIRST_FAULT, LAST_FAULT, PLAYS_PER_DAY

HEAD = """# What the detectors find

`make bench-quality` writes this page. For each seed a sample of {plays:,} plays a day
and {accounts:,} accounts is built, and faults and decoys are planted between {first}
and {last} in the tables of counts that the models read; the project's own models
judge them (`log_completeness_daily`, `viewing_overlap_daily`). The thresholds were
chosen on the seeds {tuning}; **seed {reporting} was looked at once they stood**, and
is what counts.

Beside it stands elementary's documented rule for volume anomalies on the same daily
counts: |z| > 3 with mean and standard deviation of the last 14 days, the tested one
among them; and the same by weekday (its `seasonality: day_of_week`). It has no rule
for copies, for hours or for time counted twice, so kinds that leave the count of rows
alone it cannot find.

An alarm is a problem as somebody is told of it: bad days of one series, at most three
days apart. It is true if a bad day lies in a fault on its series. Days to detection
are counted from the first bad day; 0 is the morning after it. Clean months have no
planted fault, but have holidays, premieres and campaigns of the sample. The sample's
own double counting and outage count neither way.

"""


def render(results: list[dict[str, Any]], reporting: int) -> str:
    """Return the page."""
    tuning = [str(one["seed"]) for one in results if one["seed"] != reporting]
    parts = [
        HEAD.format(
            plays=PLAYS_PER_DAY,
            accounts=ACCOUNTS,
            first=FIRST_FAULT,
            last=LAST_FAULT,
            tuning=" and ".join(tuning),
            reporting=reporting,
        )
    ]
    for one in sorted(results, key=lambda one: one["seed"] != reporting):
        what = "reporting" if one["seed"] == reporting else "tuning"
        parts.append(f"## Seed {one['seed']}, {what}\n\n{_table(one)}\n")
        if one["seed"] == reporting:
            parts.append(f"## By kind, seed {reporting}\n\n{_kinds(one['scores'])}\n")
    return "\n".join(parts)


def _table(result: dict[str, Any]) -> str:
    lines = [
        "| rule | faults found | recall | precision | days to detection, median | "
        "decoys flagged | false alarms a clean month |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, found in result["scores"].items():
        faults = len(found.found) + len(found.missed)
        lines.append(
            f"| {name} | {len(found.found)} of {faults} | {found.recall:.3f} "
            f"| {found.precision:.3f} | {found.days_to_detection:g} "
            f"| {len(found.flagged_decoys)} of {len(found.decoys)} "
            f"| {result['clean'][name]:.2f} |"
        )
    return "\n".join(lines) + "\n"


def _kinds(scores: dict[str, Score]) -> str:
    found = {
        name: Counter(fault.kind for fault in score.found)
        for name, score in scores.items()
    }
    first = next(iter(scores.values()))
    planted = Counter(fault.kind for fault in (*first.found, *first.missed))
    days: dict[str, list[int]] = {}
    for fault, lag in first.found.items():
        days.setdefault(fault.kind, []).append(lag)
    lines = [
        f"| fault | planted | {' | '.join(scores)} | days, project |",
        f"| --- | ---: |{' ---: |' * len(scores)} --- |",
    ]
    for kind, what in KINDS.items():
        if what.is_decoy:
            continue
        counts = " | ".join(str(found[name][kind]) for name in scores)
        lags = ", ".join(map(str, sorted(days.get(kind, []))))
        lines.append(f"| {what.title} | {planted[kind]} | {counts} | {lags} |")
    return "\n".join(lines) + "\n"
