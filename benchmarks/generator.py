"""How fast and how small the sample generator is.

``python benchmarks/generator.py --plays 10M`` writes a sample of about so many plays to
a temporary folder and prints rows, seconds, rows a second, the peak memory of all its
processes together and the size on disk. Memory needs Linux, which tells it in /proc.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from pathlib import Path

import click
from harness.data import amount, settings_of_scale
from harness.memory import MEBIBYTE, Memory

from ott.sample.run import Sample, usable_cores

LABELS = {
    "processes": "processes",
    "plays": "plays",
    "rows": "rows in all",
    "files": "files",
    "seconds": "seconds",
    "plays_per_second": "plays a second",
    "rows_per_second": "rows a second",
    "peak_mib": "peak memory, MiB",
    "shared_once_mib": "  shared pages once",
    "disk_mib": "on disk, MiB",
}


@click.command()
@click.option(
    "--plays", default="10M", show_default=True, callback=amount, help="Plays in all."
)
@click.option(
    "--accounts", default="200k", show_default=True, callback=amount, help="Accounts."
)
@click.option("--days", default=90, show_default=True, help="Days to spread them over.")
@click.option(
    "--processes",
    type=click.IntRange(1),
    default=usable_cores,
    show_default="one per core",
    help="Processes that write.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def generator(
    plays: int, accounts: int, days: int, processes: int, as_json: bool
) -> None:
    """Measure the sample generator."""
    settings = settings_of_scale(plays, accounts, days)
    folder = Path(tempfile.mkdtemp(prefix="generator-"))
    try:
        began = time.perf_counter()
        with Memory() as memory:
            made = Sample(folder / "raw", settings, processes)
            for _ in made.steps():
                pass
        seconds = time.perf_counter() - began
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    finally:
        shutil.rmtree(folder)
    written = made.totals.rows["player.viewing_log"]
    rows = sum(made.totals.rows.values())
    figures = {
        "processes": processes,
        "plays": written,
        "rows": rows,
        "files": sum(made.totals.files.values()),
        "seconds": round(seconds, 1),
        "plays_per_second": round(written / seconds),
        "rows_per_second": round(rows / seconds),
        "peak_mib": round(memory.peak / MEBIBYTE),
        "shared_once_mib": round(memory.peak_shared_once / MEBIBYTE),
        "disk_mib": round(size / MEBIBYTE),
    }
    if as_json:
        click.echo(json.dumps(figures))
        return
    for name, label in LABELS.items():
        click.echo(f"{label:<20} {figures[name]:>14,}")


if __name__ == "__main__":
    generator()
