"""The whole proof: dbt-bigquery builds everything twice, and it equals DuckDB's."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from emulator.processes import is_running
from ott.contract import PROJECT_DIR
from ott.emulator.dbt_process import Run
from ott.emulator.prove import BUILDS, PEPPER, Proof
from ott.emulator.server import running

pytestmark = [pytest.mark.emulator, pytest.mark.xdist_group("emulator")]


@pytest.fixture(scope="module")
def runs() -> dict[str, Run]:
    return {}


@pytest.fixture(scope="module")
def proof(folder: Path, runs: dict[str, Run]) -> Proof:
    made = Proof(folder)
    made.write_sample()
    made.build_on_duckdb()
    for name in BUILDS:
        with running(folder / "server") as server:
            if name == "first":
                made.load(server)
            runs[name] = made.build_on_emulator(server, name)
        assert not is_running(server.process.pid)
        made.compare(name)
    return made


@pytest.mark.parametrize("name", BUILDS)
def test_every_node_succeeds_in_both_builds(
    proof: Proof, runs: dict[str, Run], name: str
) -> None:
    statuses = runs[name].statuses
    assert {status for _, status in statuses} == {"success", "pass", "warn"}
    # the sample's codes that nobody listed
    assert statuses["test", "warn"] == 1
    seeds = list((PROJECT_DIR / "seeds").glob("*.csv"))
    assert statuses["seed", "success"] == len(seeds)
    assert statuses["model", "success"] >= 110
    assert statuses["test", "pass"] >= 400
    # they read no table and run once
    assert (statuses["unit_test", "pass"] >= 240) == (name == "first")


def test_every_relation_equals_the_one_of_duckdb_after_both_builds(
    proof: Proof,
) -> None:
    assert proof.report.failures == []
    assert proof.report.relations >= 110
    assert len(proof.report.comparisons) == 2 * proof.report.relations
    assert sum(found.rows for found in proof.report.comparisons) > 100_000
    # the proof keeps no results of tests nor columns, of which these tell; and in the
    # service's first weeks no log is missing and no player counts twice
    assert {str(relation) for relation in proof.report.empty} == {
        "restricted.stg_quality__check_results",
        "warehouse.int_data_quality__check_days",
        "warehouse.int_data_quality__failed_check_findings",
        "marts.quality_checks_daily",
        "restricted.stg_quality__raw_columns",
        "marts.contract_changes",
        "warehouse.int_data_quality__contract_findings",
        "warehouse.int_data_quality__completeness_findings",
        "warehouse.int_data_quality__overlap_findings",
    }


def test_dbt_writes_the_pepper_nowhere(proof: Proof, folder: Path) -> None:
    files = [path for path in (folder / "bigquery").rglob("*") if path.is_file()]
    assert len(files) > 100
    assert [path for path in files if PEPPER.encode() in path.read_bytes()] == []


def test_a_changed_row_is_named(proof: Proof) -> None:
    table = "warehouse.int_viewing__program_days"
    week = "program_id, date_trunc('week', view_date)"
    with duckdb.connect(str(proof.duckdb_file)) as con:
        # of a week with several devices, so that the share of its main device changes
        con.execute(
            f"update {table} set watched_seconds = watched_seconds + 1 where rowid = ("
            f"select min(rowid) from {table} where ({week}) in (select ({week}) from "
            f"{table} where watched_seconds > 0 group by {week} "
            "having count(distinct device_type) > 1))"
        )
    before = len(proof.report.failures)
    proof.compare("second")
    # the mart is a view of the table, and so are the devices of its weeks
    mart, devices, failure = sorted(proof.report.failures[before:])
    assert mart.startswith("After the second build, marts.viewing_daily differs")
    assert devices.startswith(
        "After the second build, warehouse.int_viewing__main_devices differs"
    )
    assert failure.startswith(f"After the second build, {table} differs")
    assert "1 rows only on the emulator, 1 rows only on DuckDB" in failure
    assert "the nearest on DuckDB differs: watched_seconds" in failure
