"""What the figures were taken with: this machine, its software, the other engines."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from harness.data import BENCHMARKS
from harness.measure import GIBIBYTE
from ott.contract import PROJECT_DIR
from ott.errors import UserError

ENGINES = PROJECT_DIR / ".venv-bench"
ENGINES_PYTHON = ENGINES / "bin" / "python"
PROJECT_PYTHON = Path(sys.executable)
OTT = PROJECT_PYTHON.with_name("ott")
REQUIREMENTS = BENCHMARKS / "requirements.txt"
SHOWN = ("polars", "pandas", "sqlmesh", "dbt-core", "dbt-duckdb", "duckdb", "pyarrow")


def install_engines() -> None:
    """Make the environment of the other engines, if it is not that of the list.

    Raises:
        UserError: it cannot be made.
    """
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    stamp = ENGINES / ".installed"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    click.echo(f"Installing the other engines into {ENGINES.name} ...")
    try:
        if not ENGINES_PYTHON.exists():
            _run([str(PROJECT_PYTHON), "-m", "venv", str(ENGINES)])
        pip = [str(ENGINES_PYTHON), "-m", "pip", "install", "--quiet"]
        _run([*pip, "--disable-pip-version-check", "-r", str(REQUIREMENTS)])
    except subprocess.CalledProcessError as error:
        raise UserError(
            f"The engines of {REQUIREMENTS.name} cannot be installed into "
            f"{ENGINES.name}: pip's own words are above. Mend that, or remove the "
            f"folder {ENGINES.name}, and run again."
        ) from error
    stamp.write_text(wanted, encoding="utf-8")


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True)


def machine() -> dict[str, Any]:
    """Return the processor, its cores, the memory and the operating system."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": _processor(),
        "cores": cores,
        "memory_gib": round(memory / GIBIBYTE),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
    }


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        text = ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.M)
    return found[1].strip() if found else platform.machine()


def versions() -> dict[str, dict[str, str]]:
    """Return the versions that the project and the other engines run with."""
    code = (
        "import json, platform\nfrom importlib.metadata import version\n"
        f"names = {SHOWN!r}\n"
        "print(json.dumps({'Python': platform.python_version()} "
        "| {name: version(name) for name in names}))"
    )
    engines = subprocess.run(
        [str(ENGINES_PYTHON), "-c", code], check=True, capture_output=True, text=True
    )
    ours = {name: version(name) for name in ("dbt-core", "dbt-duckdb", "duckdb")}
    return {
        "project": {"Python": platform.python_version()} | ours,
        "engines": json.loads(engines.stdout),
    }


def commit() -> str:
    """Return the commit that is measured, marked where files differ from it."""
    if not shutil.which("git"):
        return "unknown"
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude", "*"],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip() or "unknown"
