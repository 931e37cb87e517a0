"""Watches the memory of a process together with all its children. Needs Linux."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from pathlib import Path

MEBIBYTE = 2**20
POLL_SECONDS = 0.02
# The kernel takes its time over PSS: it is asked every half second, and when the sum of
# the resident memory has grown by so much since.
POLLS_PER_SHARED = 25
GROWTH_PER_SHARED = 1.05


class Memory:
    """Watches the resident memory of a process and of its children, summed.

    ``peak`` counts each process in full, ``peak_shared_once`` (PSS) counts a page that
    processes share only once; both in bytes.
    """

    def __init__(
        self,
        process: int | None = None,
        limit: int | None = None,
        over: Callable[[], None] | None = None,
    ) -> None:
        """Watch a process, by default this one.

        Args:
            process: id of the process whose tree is watched.
            limit: bytes above which `over` is called, once.
            over: what to do then, such as to end the tree.
        """
        self.peak = 0
        self.peak_shared_once = 0
        self.is_over = False
        self._process = process or os.getpid()
        self._limit = limit
        self._over = over
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        looks, at_shared = 0, 0
        while not self._stop.wait(POLL_SECONDS):
            processes = [self._process, *_children(self._process)]
            now = sum(map(_resident, processes))
            self.peak = max(self.peak, now)
            has_grown = now > at_shared * GROWTH_PER_SHARED
            if has_grown or looks % POLLS_PER_SHARED == 0:
                at_shared = max(at_shared, now)
                shared_once = sum(map(_shared_once, processes))
                self.peak_shared_once = max(self.peak_shared_once, shared_once)
            looks += 1
            if self._limit and now > self._limit and not self.is_over:
                self.is_over = True
                if self._over:
                    self._over()


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
