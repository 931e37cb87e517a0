"""Lets the tests import `benchmarks/harness` as `benchmarks/bench.py` does."""

from __future__ import annotations

import sys

from ott.contract import PROJECT_DIR

sys.path.insert(0, str(PROJECT_DIR / "benchmarks"))
