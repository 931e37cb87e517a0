"""Runs one command and measures it from outside: wall and CPU seconds, peak memory."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from harness.memory import MEBIBYTE, Memory

GIBIBYTE = 2**30
# How much of a failed command's last words are kept.
WORDS_KEPT = 600


@dataclass(frozen=True)
class Limits:
    """What a command may take before it is ended."""

    memory: int = 12 * GIBIBYTE
    seconds: float = 3600


@dataclass
class Run:
    """What one run of a command took; `failure` is empty where it went well."""

    wall: float
    cpu: float
    peak_mib: float
    shared_once_mib: float
    failure: str = ""
    rows: int | None = None
    other_rows: int | None = None

    def as_json(self) -> dict[str, Any]:
        found = asdict(self)
        for name in ("wall", "cpu"):
            found[name] = round(found[name], 3)
        for name in ("peak_mib", "shared_once_mib"):
            found[name] = round(found[name], 1)
        return found


def run(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Run:
    """Run a command to its end, in a folder of its own.

    CPU seconds are those of the process and of all children that it waited for. What
    the command prints goes to `output.log` in the folder.
    """
    limits = limits or Limits()
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "output.log"
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # a group of its own, so that it can be ended with all its children
            start_new_session=True,
        )
        late = threading.Event()

        def end() -> None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

        def end_late() -> None:
            late.set()
            end()

        timer = threading.Timer(limits.seconds, end_late)
        timer.daemon = True
        timer.start()
        try:
            with Memory(process.pid, limits.memory, end) as memory:
                _, status, usage = os.wait4(process.pid, 0)
                wall = time.perf_counter() - began
        except BaseException:
            end()
            raise
        finally:
            timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(
        wall=wall,
        cpu=usage.ru_utime + usage.ru_stime,
        peak_mib=memory.peak / MEBIBYTE,
        shared_once_mib=memory.peak_shared_once / MEBIBYTE,
        failure=_failure(process.returncode, memory, late.is_set(), limits, log),
    )


def _failure(code: int, memory: Memory, late: bool, limits: Limits, log: Path) -> str:
    if memory.is_over:
        return f"needs more than {limits.memory / GIBIBYTE:g} GiB"
    if late:
        return f"takes more than {limits.seconds / 60:g} minutes"
    if code == -signal.SIGKILL:
        return "ended from outside, perhaps for want of memory"
    if code:
        text = log.read_text(encoding="utf-8", errors="replace").strip()
        return f"failed with code {code}: {text[-WORDS_KEPT:]}"
    return ""
