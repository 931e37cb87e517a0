"""The command's words: the summary, and what it says of a failure."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ott.cli import main
from ott.emulator import prove as prove_module
from ott.emulator.compare import Comparison, Relation
from ott.emulator.dbt_process import Run
from ott.emulator.prove import Report, must_succeed
from ott.errors import UserError

MART = Relation("marts", "viewing_daily")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def invoke(
    monkeypatch: pytest.MonkeyPatch, outcome: Report | BaseException, *options: str
) -> Result:
    def prove(folder: Path, plays: int, steps: object) -> Report:
        (folder / "made").touch()
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    monkeypatch.setattr(prove_module, "prove", prove)
    return CliRunner().invoke(main, ["prove-emulator", *options])


def report(*failures: str) -> Report:
    return Report(
        raw_rows=1234,
        nodes=Counter(model=78, unit_test=2),
        comparisons=[Comparison(MART, 5), Comparison(MART, 5)],
        seconds={"first build": 61.7},
        peak_memory=400 * 2**20,
        failures=list(failures),
    )


def test_success_sums_up_and_leaves_no_files(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = invoke(monkeypatch, report())
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert "1,234 raw rows loaded" in lines
    assert "78 models run by dbt-bigquery, both builds" in lines
    assert "1 relations compared with DuckDB after each build" in lines
    assert "10 rows compared, both builds" in lines
    assert "62 seconds: first build" in lines
    assert "400 MiB of the emulator" in lines
    assert "dbt-bigquery built everything twice" in lines[-1]
    assert list(temporary.iterdir()) == []


def test_keep_keeps_the_folder_and_names_it(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = invoke(monkeypatch, report(), "--keep")
    (folder,) = temporary.iterdir()
    assert f"kept in {folder}." in result.output


def test_a_difference_is_shown_and_keeps_the_folder(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = (
        "After the first build, marts.viewing_daily differs from DuckDB:\nviews 1 / 2"
    )
    result = invoke(monkeypatch, report(fault))
    (folder,) = temporary.iterdir()
    assert result.exit_code == 1
    assert fault in result.output
    assert str(folder) in result.output
    assert "Traceback" not in result.output


def test_a_failed_build_is_shown_and_keeps_the_folder(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = invoke(monkeypatch, UserError("1 of 2 nodes failed"))
    (folder,) = temporary.iterdir()
    assert result.exit_code == 1
    assert "1 of 2 nodes failed" in result.output
    assert str(folder) in result.output


def test_an_interrupt_leaves_no_files(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = invoke(monkeypatch, KeyboardInterrupt())
    assert result.exit_code == 130
    assert list(temporary.iterdir()) == []


def test_a_relation_without_rows_is_named(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = report()
    made.comparisons.append(Comparison(Relation("warehouse", "quarantine_member"), 0))
    result = invoke(monkeypatch, made)
    assert "not shown equal: warehouse.quarantine_member." in result.output


def test_a_missing_package_is_named(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = ModuleNotFoundError("No module named 'bqemulator'", name="bqemulator")
    monkeypatch.setitem(__import__("sys").modules, "bqemulator", None)
    result = invoke(monkeypatch, error)
    assert result.exit_code == 1
    assert "The package bqemulator is missing." in result.output


def test_a_failed_node_is_named_with_its_message() -> None:
    run = Run(
        "",
        1.0,
        [
            {"unique_id": "model.ott.late", "status": "skipped", "message": None},
            {"unique_id": "model.ott.a", "status": "success", "message": "ok"},
            {"unique_id": "test.ott.t", "status": "fail", "message": "Got 3 results"},
        ],
    )
    with pytest.raises(UserError) as caught:
        must_succeed(run, "the first build on the emulator")
    assert caught.value.message == (
        "1 of 3 nodes failed in the first build on the emulator, and 1 were left out "
        "because of that:\ntest.ott.t: Got 3 results"
    )


def test_what_dbt_says_before_it_begins_is_shown() -> None:
    with pytest.raises(UserError, match="Could not find profile"):
        must_succeed(Run("Could not find profile named 'ott'", 1.0), "the build")
