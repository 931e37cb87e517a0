"""Writes a whole sample: one process per core, into its place once it is complete.

A folder that holds a sample of the same accounts, plays and seed may be written again,
for the same days or for more; anything else in the way is refused. The files are made
beside the folder and take its place at the end, so that an interrupted run leaves the
folder as it was.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from ott.errors import UserError
from ott.sample.settings import Settings
from ott.sample.tasks import Task, Written, tasks, work, write_missing

MARKER = "_sample.json"
SAME = ("accounts", "plays_per_day", "seed")


@dataclass
class Totals:
    """Rows and files per table, by name such as ``player.viewing_log``."""

    rows: dict[str, int]
    files: dict[str, int]

    def add(self, written: list[Written]) -> None:
        """Add what a task wrote."""
        for part in written:
            self.rows[part.table] = self.rows.get(part.table, 0) + part.rows
            self.files[part.table] = self.files.get(part.table, 0) + part.files


class Sample:
    """A sample to be written to a folder.

    Raises:
        UserError: the folder holds something that the sample must not replace.
    """

    def __init__(
        self,
        out: Path,
        settings: Settings,
        processes: int | None = None,
        start_method: str | None = None,
    ) -> None:
        self.out = out.resolve()
        self.settings = settings
        self.processes = processes or usable_cores()
        self._context = multiprocessing.get_context(start_method)
        self.tasks = tasks(settings)
        self.totals = Totals({}, {})
        self._partial = self.out.with_name(f".{self.out.name}.partial")
        self._replaced = self.out.with_name(f".{self.out.name}.replaced")
        check(self.out, settings)
        for remains in (self._partial, self._replaced):
            _remove_remains(remains)

    def steps(self) -> Iterator[Task]:
        """Write the sample, giving each task once it is done."""
        self._partial.mkdir(parents=True)
        try:
            self._mark()
            for task, written in self._done():
                self.totals.add(written)
                yield task
            files = self.totals.files
            self.totals.add(write_missing(self._partial, self.settings, files))
            self._mark()
            self._move_into_place()
        finally:
            shutil.rmtree(self._partial, ignore_errors=True)

    def _done(self) -> Iterator[tuple[Task, list[Written]]]:
        one = partial(_do, self._partial, self.settings)
        if self.processes == 1:
            yield from map(one, self.tasks)
            return
        with ProcessPoolExecutor(self.processes, self._context, start_worker) as pool:
            try:
                futures = [pool.submit(one, task) for task in self.tasks]
                for future in as_completed(futures):
                    yield future.result()
            except BrokenProcessPool as error:
                raise UserError(
                    "A process that wrote the sample was ended from outside, perhaps "
                    f"for want of memory. {self.out} is as it was; run again."
                ) from error
            finally:
                pool.shutdown(cancel_futures=True)

    def _mark(self) -> None:
        """Write the marker: the parameters, and the rows and files of each table."""
        counts = {
            name: {"rows": self.totals.rows[name], "files": self.totals.files[name]}
            for name in sorted(self.totals.rows)
        }
        marked = {"parameters": self.settings.as_json(), "tables": counts}
        text = json.dumps(marked, indent=2) + "\n"
        (self._partial / MARKER).write_text(text, encoding="utf-8")

    def _move_into_place(self) -> None:
        if self.out.exists():
            os.rename(self.out, self._replaced)
        os.rename(self._partial, self.out)
        shutil.rmtree(self._replaced, ignore_errors=True)


def _do(root: Path, settings: Settings, task: Task) -> tuple[Task, list[Written]]:
    written = work(root, settings, task)
    # Arrow keeps what it once used, which sums up over the processes.
    pa.default_memory_pool().release_unused()
    return task, written


def start_worker() -> None:
    """Leave an interrupt to the process that waits for this one, but end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def usable_cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check(out: Path, settings: Settings) -> None:
    """Refuse a folder whose content a sample of these settings must not replace.

    Raises:
        UserError: the folder is a file, holds other data, or another sample.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise UserError(f"{out} is a file. Name a folder with --out.")
    if not any(out.iterdir()):
        return
    found = _marked(out)
    if found is None:
        raise UserError(
            f"{out} holds data that is no sample (no {MARKER}). Name another folder "
            "with --out, or move the data away."
        )
    parameters, files = found
    wanted = settings.as_json()
    for name in SAME:
        if parameters.get(name) != wanted[name]:
            option = "--" + name.replace("_", "-")
            raise UserError(
                f"{out} holds a sample with {option} {parameters.get(name)}, not "
                f"{wanted[name]}. Name another folder with --out, or delete it first."
            )
    start, end = parameters["start"], parameters["end"]
    if not (wanted["start"] <= start and end <= wanted["end"]):
        raise UserError(
            f"{out} holds a sample from {start} to {end}, of which this run would drop "
            "days. Name another folder with --out, or delete it first."
        )
    there = sum(1 for path in out.rglob("*") if path.is_file()) - 1
    if there != files:
        raise UserError(
            f"{out} holds {there:,} files, of which the sample wrote {files:,}. Move "
            "the others away, or delete the folder, and run again."
        )


def _marked(out: Path) -> tuple[dict[str, Any], int] | None:
    """Return the parameters and the number of files that a folder's marker records."""
    try:
        marked = json.loads((out / MARKER).read_text(encoding="utf-8"))
        parameters = marked["parameters"]
        date.fromisoformat(parameters["start"])
        date.fromisoformat(parameters["end"])
        return parameters, sum(counts["files"] for counts in marked["tables"].values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _remove_remains(folder: Path) -> None:
    """Remove what an interrupted run left beside the folder."""
    if not folder.exists():
        return
    if _marked(folder) is None:
        raise UserError(
            f"{folder} stands where the sample is put together. Move it away and run "
            "again."
        )
    shutil.rmtree(folder)
