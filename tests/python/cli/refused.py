"""What a refused build says, and that it leaves everything as it was."""

from __future__ import annotations

import os
from pathlib import Path

from click.testing import CliRunner

from ott.cli import main


def refusal(*arguments: str) -> str:
    """Return the message of a refused build, after checking how it ends."""
    folder = Path(os.environ["OTT_DUCKDB_PATH"]).parent
    before = contents(folder)
    result = CliRunner().invoke(main, ["build", *arguments])
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert contents(folder) == before
    message = result.stderr[result.stderr.index("Error: ") :]
    assert message.count("Error: ") == 1
    return message


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
