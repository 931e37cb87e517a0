"""Starts the emulator as a process of its own and stops it, whatever happens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ott.contract import PROJECT_DIR
from ott.emulator.launcher import PORTS_FILE
from ott.errors import UserError

START_SECONDS = 60
STOP_SECONDS = 15
POLL_SECONDS = 0.1
LOG_LINES = 15
LOG_FILE = "emulator.log"


@dataclass
class Server:
    """A running emulator.

    Attributes:
        process: its process.
        folder: where it keeps its tables and its log.
        url: address of its REST interface.
    """

    process: subprocess.Popen[bytes]
    folder: Path
    url: str = ""

    def is_alive(self) -> bool:
        """Return whether the process still runs."""
        return self.process.poll() is None

    def log_tail(self) -> str:
        """Return the last lines of the log."""
        path = self.folder / LOG_FILE
        lines = path.read_text(errors="replace").splitlines() if path.exists() else []
        return "\n".join(lines[-LOG_LINES:])

    def peak_memory(self) -> int:
        """Return the most bytes that the process held so far; 0 if unknown here."""
        status = Path(f"/proc/{self.process.pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        peaks = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
        return int(peaks[0]) * 1024 if peaks else 0

    def stop(self) -> None:
        """End the process: politely, then by force, and wait until it is gone."""
        if self.is_alive():
            self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Run an emulator on a folder, which keeps its tables from one run to the next.

    Raises:
        UserError: it ended at once or did not answer in time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # those of a run before would send us to a port that is somebody else's now
    (folder / PORTS_FILE).unlink(missing_ok=True)
    with (folder / LOG_FILE).open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ott.emulator.launcher", str(folder)],
            cwd=PROJECT_DIR,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, folder)
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        server.stop()


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment for a child that works for the proof.

    What belongs to the user's own warehouse is left out, and no proxy stands between
    the child and this computer.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OTT_", "DBT_", "BQEMU_", "BIGQUERY_", "GOOGLE_"))
    }
    kept["NO_PROXY"] = kept["no_proxy"] = "127.0.0.1,localhost"
    return kept | dict(changes or {})


def _wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not server.is_alive():
            raise UserError(
                f"The emulator ended at its start. Its last lines:\n{server.log_tail()}"
            )
        ports = server.folder / PORTS_FILE
        if ports.exists():
            port = json.loads(ports.read_text(encoding="utf-8"))["rest"]
            server.url = f"http://127.0.0.1:{port}"
            if _answers(server.url):
                return
        time.sleep(POLL_SECONDS)
    raise UserError(
        f"The emulator did not answer within {START_SECONDS} seconds. Its last lines:\n"
        f"{server.log_tail()}"
    )


def _answers(url: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"{url}/healthz", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False
