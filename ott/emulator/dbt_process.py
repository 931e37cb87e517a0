"""Runs dbt as a person would, in a process of its own, and follows what it prints."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ott.contract import PROJECT_DIR
from ott.emulator.load import PROJECT
from ott.emulator.server import POLL_SECONDS, Server, environment
from ott.errors import UserError

TARGET = "prod"
THREADS = 4  # the emulator answers one statement at a time; dbt itself can overlap
BAD = ("error", "fail", "runtime error", "partial success", "skipped")
FINISHED = re.compile(r"(?m)^[0-9:]{8}  ([0-9]+) of ([0-9]+) (?!START)")


@dataclass
class Run:
    """What a dbt command printed, and what became of each node."""

    output: str
    seconds: float
    results: list[dict[str, Any]] = field(default_factory=list)

    @property
    def statuses(self) -> Counter[tuple[str, str]]:
        """How many nodes of each kind ended in each status."""
        return Counter(
            (result["unique_id"].partition(".")[0], result["status"])
            for result in self.results
        )

    @property
    def failures(self) -> list[dict[str, Any]]:
        """The nodes that failed, before those left out because of that."""
        bad = [result for result in self.results if result["status"] in BAD]
        return sorted(bad, key=lambda result: result["status"] == "skipped")


def write_profile(folder: Path, url: str) -> None:
    """Write a profile whose target `prod` is the example's, but on the emulator.

    Every other key stays as it is in `profiles.yml.example`, so dbt-bigquery reads the
    profile that production uses.
    """
    example = PROJECT_DIR / "profiles.yml.example"
    profile = yaml.safe_load(example.read_text(encoding="utf-8"))
    output = profile["ott"]["outputs"][TARGET] | {
        "method": "oauth-secrets",
        "token": "none",
        "api_endpoint": url,
        "threads": THREADS,
        # a failure is final here
        "job_retries": 0,
    }
    profile["ott"] = {"target": TARGET, "outputs": {TARGET: output}}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")


def on_emulator(
    command: Sequence[str],
    folder: Path,
    run_date: str,
    server: Server,
    on_node: Callable[[int, int], None] = lambda done, total: None,
    changes: Mapping[str, str] | None = None,
) -> Run:
    """Run a dbt command with the target `prod` against an emulator.

    Args:
        command: dbt's arguments, such as `["build"]`.
        folder: takes the profile and dbt's own files.
        run_date: last closed day.
        server: the emulator.
        on_node: called with how many nodes are done, of how many.
        changes: environment variables to set as well.
    """
    write_profile(folder, server.url)
    given = {"OTT_BIGQUERY_PROJECT": PROJECT, "OTT_RUN_DATE": run_date}
    return run(
        [*command, "--target", TARGET],
        folder,
        folder,
        given | dict(changes or {}),
        on_node,
        server,
    )


def run(
    command: Sequence[str],
    folder: Path,
    profiles: Path,
    changes: Mapping[str, str],
    on_node: Callable[[int, int], None] = lambda done, total: None,
    server: Server | None = None,
) -> Run:
    """Run a dbt command on the project in a process of its own.

    Raises:
        UserError: the emulator ended meanwhile.
    """
    folder.mkdir(parents=True, exist_ok=True)
    results = folder / "target" / "run_results.json"
    results.unlink(missing_ok=True)
    printed = folder / "dbt.out"
    begin = time.perf_counter()
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [
                *(str(Path(sys.executable).with_name("dbt")), "--no-use-colors"),
                *("--log-path", str(folder / "logs"), *command),
                *("--project-dir", str(PROJECT_DIR), "--profiles-dir", str(profiles)),
                *("--target-path", str(folder / "target")),
            ],
            cwd=PROJECT_DIR,
            env=environment(changes),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        while process.poll() is None:
            if server is not None and not server.is_alive():
                # dbt would ask a dead server again and again for ten minutes
                raise UserError(
                    f"The emulator ended during `dbt {command[0]}`. Its last lines:\n"
                    f"{server.log_tail()}"
                )
            _follow(printed, on_node)
            time.sleep(POLL_SECONDS)
        _follow(printed, on_node)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    output = printed.read_text(encoding="utf-8", errors="replace")
    done = Run(output, time.perf_counter() - begin)
    if results.exists():
        done.results = json.loads(results.read_text(encoding="utf-8"))["results"]
    return done


def _follow(printed: Path, on_node: Callable[[int, int], None]) -> None:
    text = printed.read_text(encoding="utf-8", errors="replace")
    lines = FINISHED.findall(text)
    if lines:
        # finished nodes come in any order: count the lines
        on_node(len(lines), int(lines[-1][1]))
