"""The linters run over the folders that are there."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from ott import lint


def test_a_folder_that_is_not_there_is_not_linted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def run(command: list[str], **options: object) -> SimpleNamespace:
        calls.append(command)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(lint, "PROJECT_DIR", tmp_path)
    monkeypatch.setattr(subprocess, "run", run)
    (tmp_path / "profiles.yml").touch()
    for name in ("models", "tests"):
        (tmp_path / name).mkdir()
    assert lint.main("sqlfluff") == 0
    assert calls == [["sqlfluff", "lint", "models", "tests"]]
