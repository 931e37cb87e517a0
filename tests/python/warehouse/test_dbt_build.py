"""The whole `dbt build`, unit tests included, on sample raw logs of a few weeks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ott.contract import PROJECT_DIR

# one worker, so that the build is made once
pytestmark = pytest.mark.xdist_group("dbt build")

PEPPER = "a-pepper-that-no-file-may-hold"
START, END = "2026-05-18", "2026-06-21"
SIZE = "--accounts 800 --plays-per-day 400"
# The sample sends codes that nobody listed, for somebody to find.
WARNINGS = ["test.ott.unknown_code__has_no_open_problem"]
# What `ott build` keeps of its runs, dbt alone does not.
OF_KEPT_RESULTS = {"quality_checks_daily", "contract_changes"}


@dataclass
class Build:
    """Where a build ran, and what dbt says of its nodes."""

    folder: Path
    output: str
    results: list[dict[str, Any]]

    @property
    def database(self) -> Path:
        return self.folder / "ott.duckdb"

    def statuses(self, kind: str) -> Counter[str]:
        return Counter(
            result["status"]
            for result in self.results
            if result["unique_id"].startswith(f"{kind}.")
        )


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("build")
    sample = f"sample --out {folder / 'raw'} --start {START} --end {END}"
    subprocess.run(
        [sys.executable, "-m", "ott", *f"{sample} {SIZE}".split()],
        check=True,
        capture_output=True,
    )
    (folder / "profiles.yml").write_text(
        (PROJECT_DIR / "profiles.yml.example").read_text()
    )
    environment = os.environ | {
        "OTT_RAW_PATH": str(folder / "raw"),
        "OTT_DUCKDB_PATH": str(folder / "ott.duckdb"),
        "OTT_HASH_PEPPER": PEPPER,
        "OTT_RUN_DATE": END,
    }
    dbt = Path(sys.executable).with_name("dbt")
    run = subprocess.run(
        [
            *(str(dbt), "--no-use-colors", "--log-path", str(folder / "logs")),
            *("build", "--target", "ci", "--project-dir", str(PROJECT_DIR)),
            *("--profiles-dir", str(folder), "--target-path", str(folder / "target")),
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    results = folder / "target" / "run_results.json"
    assert results.exists(), run.stdout
    return Build(folder, run.stdout, json.loads(results.read_text())["results"])


def test_every_model_is_built_and_every_test_passes(build: Build) -> None:
    bad = [
        result["unique_id"]
        for result in build.results
        if result["status"] not in ("success", "pass")
    ]
    assert bad == WARNINGS, build.output
    assert build.statuses("model")["success"] >= 51
    assert build.statuses("unit_test")["pass"] >= 150
    assert build.statuses("test")["pass"] >= 190


def test_a_plain_client_reads_every_mart(build: Build) -> None:
    # a fresh process: this one has loaded the plugin's module
    code = (
        "import duckdb, sys\n"
        "con = duckdb.connect(sys.argv[1], read_only=True)\n"
        'marts = con.execute("select table_name from information_schema.tables where '
        "table_schema = 'marts'\").fetchall()\n"
        "for (mart,) in marts:\n"
        "    rows = con.execute(f'select * from marts.{mart}').fetchall()\n"
        "    print(mart, len(rows))\n"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-c", code, str(build.database)],
        capture_output=True,
        text=True,
        check=True,
    )
    counts = dict(line.split() for line in run.stdout.splitlines())
    assert len(counts) >= 5
    empty = {mart for mart, count in counts.items() if int(count) == 0}
    assert empty == OF_KEPT_RESULTS


def test_the_sample_shows_what_the_marts_are_for(build: Build) -> None:
    con = duckdb.connect(str(build.database), read_only=True)
    count = lambda sql: con.execute(sql).fetchone()[0]  # noqa: E731
    assert count("select max(first_views) from marts.first_views_daily") >= 3
    assert count("select sum(overlap_seconds) from marts.viewing_daily") > 0
    assert count("select sum(excess_seconds) from marts.viewing_daily") > 0
    assert count("select min(duplicate_rows) from marts.log_reconciliation") > 0
    churned, voluntary = con.execute(
        "select sum(churned_subscribers), sum(voluntary_churned_subscribers) "
        "from marts.paid_subscribers_daily where level = 'total'"
    ).fetchone()
    assert churned > voluntary > 0
    con.close()


def test_no_file_of_a_build_holds_the_pepper(build: Build) -> None:
    files = [path for path in build.folder.rglob("*") if path.is_file()]
    assert len(files) > 100
    assert [path for path in files if PEPPER.encode() in path.read_bytes()] == []
