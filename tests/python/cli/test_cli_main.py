"""The root command: help everywhere, and nothing heavy imported for it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from ott.cli import COMMANDS, main


def test_help_lists_every_command() -> None:
    result = CliRunner().invoke(main, ["-h"])
    assert result.exit_code == 0
    assert all(f"  {name} " in result.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_has_help(name: str, option: str) -> None:
    result = CliRunner().invoke(main, [name, option])
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: main {name} ")


def test_version() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.output.startswith("ott 0.")


@pytest.mark.parametrize("arguments", [["bild"], ["--nonsense"]])
def test_an_unknown_word_is_a_usage_error(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert arguments[0] in result.stderr


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--help"], ["dbt", "pyarrow", "numpy", "duckdb", "yaml"]),
        (["sql", "--help"], ["dbt", "pyarrow", "numpy"]),
        (["check-raw", "--help"], ["dbt"]),
        (["build", "--help"], ["dbt"]),
    ],
)
def test_only_what_runs_is_imported(arguments: list[str], heavy: list[str]) -> None:
    code = (
        "import sys; from ott.cli import main; main(standalone_mode=False); "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    output = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert output.splitlines()[-1] == "[]"
