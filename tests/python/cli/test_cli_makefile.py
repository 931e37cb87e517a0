"""The Makefile: which Python it takes, and what it hands to `ott build`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ott.contract import PROJECT_DIR
from ott.sample.run import MARKER
from ott.sample.settings import SAMPLE_END

OURS = ("OTT_", "RAW", "RUN_DATE", "MAKE", "MFLAGS")


def make(folder: Path, *arguments: str, **environment: str) -> str:
    """Run make in a folder; return what it printed, errors included."""
    clean = {name: v for name, v in os.environ.items() if not name.startswith(OURS)}
    result = subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=clean | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return f"{result.stdout}code {result.returncode}"


def executable(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines]) + "\n")
    path.chmod(0o755)


def old_python(path: Path) -> None:
    """Write a Python that believes to be 3.9.1 and does nothing but run code."""
    executable(
        path,
        'test "$1" = --version && echo "Python 3.9.1"',
        f"""test "$1" = -c && exec "{sys.executable}" -c "import sys""",
        "sys.version_info = (3, 9, 1)",
        '$2"',
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout whose `ott` prints how it was called."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(PROJECT_DIR / name, tmp_path)
    binaries = tmp_path / ".venv" / "bin"
    executable(
        binaries / "ott",
        'echo "ott $*"',
        'echo "pepper [$OTT_HASH_PEPPER] database [$OTT_DUCKDB_PATH]"',
    )
    executable(binaries / "python", f'exec "{sys.executable}" "$@"')
    (tmp_path / ".venv" / ".installed").touch()
    return tmp_path


def test_help_needs_nothing(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    printed = make(checkout)
    for target in ("build", "test", "lint", "docs", "clean", "lock", "help", "check"):
        assert f"  make {target} " in printed
    assert not (checkout / ".venv").exists()


def test_the_sample_has_its_own_pepper_and_last_day(checkout: Path) -> None:
    printed = make(checkout, "build")
    assert "ott sample --out data/raw" in printed
    assert f"ott build --raw data/raw --run-date {SAMPLE_END}" in printed
    assert "pepper [pepper-of-the-sample]" in printed


def test_a_sample_that_is_there_is_kept(checkout: Path) -> None:
    (checkout / "data" / "raw").mkdir(parents=True)
    (checkout / "data" / "raw" / MARKER).touch()
    printed = make(checkout, "build")
    assert "ott sample" not in printed
    assert f"ott build --raw data/raw --run-date {SAMPLE_END}" in printed
    assert "pepper [pepper-of-the-sample]" in printed


@pytest.mark.parametrize("arguments", [[], ["RAW="]])
def test_own_logs_in_the_default_folder_are_not_taken_for_the_sample(
    checkout: Path, arguments: list[str]
) -> None:
    (checkout / "data" / "raw" / "player").mkdir(parents=True)
    printed = make(checkout, "build", *arguments)
    assert "ott sample" not in printed
    assert "ott build --raw data/raw" in printed.splitlines()
    assert "pepper []" in printed


def test_the_docs_are_those_of_ott(checkout: Path) -> None:
    printed = make(checkout, "docs")
    assert printed.startswith("ott docs\npepper []")


def test_real_logs_never_get_the_pepper_of_the_sample(checkout: Path) -> None:
    printed = make(checkout, "build", "RAW=my logs", "RUN_DATE=2026-03-02")
    assert "ott build --raw my logs --run-date 2026-03-02" in printed
    assert "pepper []" in printed
    assert "ott sample" not in printed


def test_without_a_run_date_real_logs_are_built_to_yesterday(checkout: Path) -> None:
    lines = make(checkout, "build", "RAW=logs").splitlines()
    assert "ott build --raw logs" in lines


def test_exported_doors_are_respected(checkout: Path) -> None:
    printed = make(
        checkout,
        "build",
        OTT_RAW_PATH="/logs",
        OTT_DUCKDB_PATH="/ott.duckdb",
        OTT_HASH_PEPPER="mine $x",
        OTT_RUN_DATE="2026-03-01",
    )
    assert "ott build --raw /logs --run-date 2026-03-01" in printed
    assert "pepper [mine $x] database [/ott.duckdb]" in printed


def test_the_code_of_a_failed_build_is_not_lost(checkout: Path) -> None:
    executable(checkout / ".venv" / "bin" / "ott", "exit 1")
    assert make(checkout, "build", "RAW=logs").endswith("code 2")


def test_a_python_that_is_too_old_is_named(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    for name in ("python3.13", "python3.12", "python3.11", "python3"):
        old_python(checkout / "old" / name)
    path = f"{checkout / 'old'}:{os.environ['PATH']}"
    printed = make(checkout, "build", PATH=path)
    assert "Python 3.11 or newer (with venv) is needed; found: Python 3.9.1" in printed
    assert printed.endswith("code 2")
    assert not (checkout / ".venv").exists()
    assert not (checkout / "data").exists()


def test_an_environment_of_an_old_python_is_named(checkout: Path) -> None:
    (checkout / ".venv" / ".installed").unlink()
    old_python(checkout / ".venv" / "bin" / "python")
    printed = make(checkout, "build")
    assert ".venv holds Python 3.9.1; Python 3.11 or newer is needed." in printed
    assert printed.endswith("code 2")


def test_clean_keeps_the_raw_logs_and_the_environment(checkout: Path) -> None:
    made = ("target/x", "logs/x", "site/x", "data/ott.duckdb", "data/raw/x")
    for name in (*made, "data/.gitkeep"):
        path = checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for name in ("ott", "tests"):
        (checkout / name).mkdir()
    assert make(checkout, "clean").endswith("code 0")
    left = {path.name for path in checkout.iterdir()}
    assert {".venv", "data"} <= left
    assert not {"target", "logs", "site"} & left
    assert {path.name for path in (checkout / "data").iterdir()} == {"raw", ".gitkeep"}
