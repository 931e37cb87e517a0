"""Measures the detectors of missing and doubled data on planted faults.

``make bench-quality`` runs it: for each seed a sample is written and built once, faults
and decoys are planted in the counts, the project's own models judge them, and so does
elementary's documented rule. Thresholds were chosen on the tuning seeds; what counts is
the reporting seed. The results are written to benchmarks/QUALITY.md.
"""

from __future__ import annotations

from typing import Any

import click
import duckdb
from detection.alarms import elementary, project
from detection.faults import plan
from detection.plant import plant
from detection.report import render
from detection.score import clean_rate, score
from detection.world import FIRST_FAULT, LAST_FAULT, REPORTING, TUNING, World
from harness.data import BENCHMARKS

from ott.sample.settings import SAMPLE_END

RULES = {
    "project": project,
    "elementary": elementary,
    "elementary, by weekday": lambda con: elementary(con, by_weekday=True),
}


def evaluate(seed: int) -> dict[str, Any]:
    """Return the scores of each rule on the world of a seed, and its clean rates."""
    world = World(seed)
    click.echo(f"Seed {seed}: the sample, built …")
    world.build()
    with duckdb.connect(str(world.clean), read_only=True) as con:
        clean = {
            name: clean_rate(rule(con), FIRST_FAULT, SAMPLE_END)
            for name, rule in RULES.items()
        }
    planted = plan(seed, FIRST_FAULT, LAST_FAULT)
    with world.copy() as con:
        plant(con, planted)
    click.echo(f"Seed {seed}: {len(planted)} faults and decoys, judged …")
    world.judge(world.planted)
    with duckdb.connect(str(world.planted), read_only=True) as con:
        scores = {
            name: score(rule(con), planted, FIRST_FAULT) for name, rule in RULES.items()
        }
    return {"seed": seed, "planted": planted, "scores": scores, "clean": clean}


@click.command()
@click.option("--seed", "seeds", multiple=True, type=int, help="Seeds, for a look.")
@click.option("--details", is_flag=True, help="Show what was missed and told wrongly.")
def main(seeds: tuple[int, ...], details: bool) -> None:
    """Plant faults, judge, and write benchmarks/QUALITY.md."""
    results = [evaluate(seed) for seed in seeds or (*TUNING, REPORTING)]
    for result in results:
        for name, found in result["scores"].items():
            click.echo(
                f"seed {result['seed']}, {name}: recall {found.recall:.3f}, "
                f"precision {found.precision:.3f}, "
                f"{found.days_to_detection:g} days, "
                f"{result['clean'][name]:.2f} false alarms a clean month"
            )
        if details:
            found = result["scores"]["project"]
            for fault in found.missed:
                click.echo(f"  missed {fault}")
            for alarm in found.false_alarms:
                days = f"{alarm.days[0]} to {alarm.days[-1]}"
                click.echo(f"  wrong  {alarm.series} {days}")
    if not seeds:
        path = BENCHMARKS / "QUALITY.md"
        path.write_text(render(results, REPORTING), encoding="utf-8")
        click.echo(f"Written: {path}")


if __name__ == "__main__":
    main()
