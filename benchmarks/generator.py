"""How fast and how small the sample generator is.

``python benchmarks/generator.py --plays 10M`` writes a sample of about so many plays to
a temporary folder and prints rows, seconds, rows a second, the peak memory of all its
processes together and the size on disk. Memory needs Linux, which tells it in /proc.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

import click

from ott.sample.clock import day_number, season
from ott.sample.run import Sample, usable_cores
from ott.sample.settings import SAMPLE_START, Settings

MEBIBYTE = 2**20
UNITS = {"": 1, "k": 1_000, "m": 1_000_000}
POLL_SECONDS = 0.02


class Memory:
    """Watches the resident memory of this process and of its children, summed.

    ``peak`` counts each process in full, ``peak_shared_once`` (PSS) counts a page that
    processes share only once; both in bytes.
    """

    def __init__(self) -> None:
        self.peak = 0
        self.peak_shared_once = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        looks = 0
        while not self._stop.wait(POLL_SECONDS):
            processes = [os.getpid(), *_children(os.getpid())]
            self.peak = max(self.peak, sum(map(_resident, processes)))
            # The kernel takes its time over PSS.
            if looks % 25 == 0:
                shared_once = sum(map(_shared_once, processes))
                self.peak_shared_once = max(self.peak_shared_once, shared_once)
            looks += 1


def _children(process: int) -> list[int]:
    found: list[int] = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _read(path).split():
            found += [int(child), *_children(int(child))]
    return found


def _resident(process: int) -> int:
    pages = _read(Path(f"/proc/{process}/statm")).split()
    return int(pages[1]) * os.sysconf("SC_PAGE_SIZE") if pages else 0


def _shared_once(process: int) -> int:
    found = re.search(
        r"^Pss:\s+(\d+)", _read(Path(f"/proc/{process}/smaps_rollup")), re.M
    )
    return int(found.group(1)) * 1024 if found else 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        # The process has ended, or this is not Linux.
        return ""


def amount(_context: click.Context, _option: click.Parameter, text: str) -> int:
    """Return the number that a text such as 500k or 10M means."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([km]?)", text.strip().lower())
    if not match:
        raise click.BadParameter(f"{text!r} is not a number such as 500k or 10M.")
    return round(float(match[1]) * UNITS[match[2]])


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
def generator(plays: int, accounts: int, days: int, processes: int) -> None:
    """Measure the sample generator."""
    last = SAMPLE_START + timedelta(days=days - 1)
    first = day_number(SAMPLE_START)
    average = plays / sum(season(day) for day in range(first, first + days))
    settings = Settings(SAMPLE_START, last, accounts, max(1, round(average)))
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
    for name, value in (
        ("processes", f"{processes}"),
        ("plays", f"{written:,}"),
        ("rows in all", f"{rows:,}"),
        ("files", f"{sum(made.totals.files.values()):,}"),
        ("seconds", f"{seconds:.1f}"),
        ("plays a second", f"{written / seconds:,.0f}"),
        ("rows a second", f"{rows / seconds:,.0f}"),
        ("peak memory, MiB", f"{memory.peak / MEBIBYTE:,.0f}"),
        ("  shared pages once", f"{memory.peak_shared_once / MEBIBYTE:,.0f}"),
        ("on disk, MiB", f"{size / MEBIBYTE:,.0f}"),
    ):
        click.echo(f"{name:<20} {value:>14}")


if __name__ == "__main__":
    generator()
