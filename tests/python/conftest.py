"""Fixtures that every suite may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from raw_folder import write_tiny_raw


@pytest.fixture
def tiny_raw(tmp_path: Path) -> Path:
    """Return a fresh raw folder of the required systems, valid and tiny."""
    return write_tiny_raw(tmp_path / "raw")
