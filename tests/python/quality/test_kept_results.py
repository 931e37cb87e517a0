"""Results of tests are kept: what is written and masked, what a second run does."""

from __future__ import annotations

import csv
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from ott.bigquery.render import DUCKDB, Dbt
from ott.cli import main
from ott.contract import PROJECT_DIR, kept_tables, tables
from ott.errors import UserError
from ott.quality.kept import keep, kept_path
from ott.quality.results import check_rows, domain_of, masked, texts_of

MOMENT = datetime(2026, 3, 2, 23, 0)
ROW = {"invocation_id": "run", "check_id": "test.ott.a", "finished_at": MOMENT}


def node(**more: Any) -> dict[str, Any]:
    return {
        "unique_id": "test.ott.a",
        "resource_type": "test",
        "name": "plays__add_up",
        "original_file_path": "tests/viewing/plays__add_up.sql",
        "config": {"severity": "ERROR", "meta": {}},
        "depends_on": {"nodes": ["model.ott.other", "model.ott.plays"]},
        "raw_code": "select 1",
        "description": "",
    } | more


def result(**more: Any) -> dict[str, Any]:
    return {
        "unique_id": "test.ott.a",
        "status": "fail",
        "failures": 3,
        "message": "Got 3 results, configured to fail if != 0",
        "execution_time": 0.5,
    } | more


def one_row(**more: Any) -> dict[str, Any]:
    (row,) = check_rows([result()], {"test.ott.a": node(**more)}, "run", MOMENT)
    return row


def test_a_row_says_what_failed_and_where() -> None:
    row = one_row()
    assert row["model_name"] == "plays"
    assert row["domain"] == "viewing"
    assert row["check_type"] == "singular"
    assert (row["severity"], row["status"], row["failures"]) == ("error", "fail", 3)
    row = one_row(
        attached_node="model.ott.viewing_daily",
        column_name="view_date",
        test_metadata={"name": "not_null"},
        original_file_path="models/marts/viewing/_viewing__models.yml",
    )
    assert (row["model_name"], row["column_name"]) == ("viewing_daily", "view_date")
    assert (row["check_type"], row["domain"]) == ("not_null", "viewing")


def test_only_data_tests_are_kept() -> None:
    kinds = [{"resource_type": kind} for kind in ("model", "seed", "unit_test")]
    for kind in kinds:
        nodes = {"test.ott.a": node(**kind)}
        assert list(check_rows([result()], nodes, "run", MOMENT)) == []


@pytest.mark.parametrize(
    ("path", "domain"),
    [
        ("tests/viewing/a.sql", "viewing"),
        ("models/marts/subscription/life/_x.yml", "subscription"),
        ("models/intermediate/restricted/_x.yml", "restricted"),
        ("models/staging/player/_x.yml", "player"),
        ("seeds/_seeds.yml", "reference"),
        ("tests/a.sql", "project"),
    ],
)
def test_the_domain_is_the_folder(path: str, domain: str) -> None:
    assert domain_of(path) == domain


def test_meta_comes_before_the_sql_and_the_sql_before_the_description() -> None:
    said = (
        "/*\n**What is this test?** One\nline.\n"
        "**When is this important to resolve?** Now.\n**How to resolve?** So.\n*/ x"
    )
    texts = texts_of(node(raw_code=said, description="not this"))
    assert list(texts.values()) == ["One line.", "Now.", "So."]
    meta = {"severity": "error", "meta": {"how_to_resolve": "Call Kim."}}
    texts = texts_of(node(raw_code=said, config=meta))
    assert list(texts.values()) == ["One line.", "Now.", "Call Kim."]
    assert list(texts_of(node(description="Told.")).values()) == ["Told.", None, None]


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("Got 12 results, configured to fail if != 0", True),
        ("Got 1 result, configured to warn if >5", True),
        (
            "Conversion Error: could not convert string 'kim@example.com' to INT64",
            False,
        ),
        ('Binder Error: value "010-1234-5678" of U0000012345', False),
        ("Got 12 results, configured to fail if != 0 of kim@example.com", False),
        ("Error at 0a1b2c3d4e5f6a7b8c9d0e1f", False),
    ],
)
def test_a_message_holds_no_value_of_a_row(message: str, kept: bool) -> None:
    said = masked(message)
    if kept:
        assert said == message
        return
    assert said is not None
    assert "…" in said
    assert not re.search(r"kim|010|12345|[0-9a-f]{16}", said)


def test_the_same_run_again_replaces_its_file(tmp_path: Path) -> None:
    for failures in (1, 2):
        assert (
            keep(tmp_path, "check_result", "run", [ROW | {"failures": failures}]) == 1
        )
    keep(tmp_path, "check_result", "other", [ROW | {"failures": 5}])
    found = duckdb.sql(f"select failures from '{tmp_path}/**/*.parquet' order by 1")
    assert found.fetchall() == [(2,), (5,)]
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {
        ".parquet"
    }


def test_without_a_row_no_file_is_written(tmp_path: Path) -> None:
    assert keep(tmp_path, "check_result", "run", []) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "quality").write_text("a file stands in the way")
    with pytest.raises(UserError, match="cannot be written"):
        keep(tmp_path, "check_result", "run", [ROW])


def test_kept_tables_are_no_part_of_the_raw_contract() -> None:
    assert {table.schema for table in kept_tables()} == {"kept_quality"}
    assert not {*map(str, kept_tables())} & {*map(str, tables())}


def test_every_check_of_the_project_has_a_text(tmp_path: Path) -> None:
    nodes = Dbt(tmp_path, DUCKDB).manifest["nodes"]
    results = [result(unique_id=name) for name in nodes]
    rows = list(check_rows(results, nodes, "run", MOMENT))
    with (PROJECT_DIR / "seeds/check_texts.csv").open(encoding="utf-8") as file:
        kinds = {line["check_type"] for line in csv.DictReader(file)}
    assert len(rows) > 150
    assert {row["check_type"] for row in rows} <= kinds
    singular = [row for row in rows if row["check_type"] == "singular"]
    silent = {row["domain"] for row in singular if not row["how_to_resolve"]}
    # a macro's test tests code, and its name says what; the others say what to do
    assert silent <= {"macros"}


def test_keep_checks_reads_what_dbt_wrote(tmp_path: Path) -> None:
    target, into = tmp_path / "target", tmp_path / "kept"
    target.mkdir()
    metadata = {"invocation_id": "run", "generated_at": "2026-03-02T23:00:00.5Z"}
    files = {
        "run_results.json": {"metadata": metadata, "results": [result()]},
        "manifest.json": {"nodes": {"test.ott.a": node()}},
    }
    for name, content in files.items():
        (target / name).write_text(json.dumps(content))
    command = ["keep-checks", str(target), "--into", str(into)]
    for _ in range(2):
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
        assert done.output.startswith("1 results of tests kept in ")
    found = duckdb.sql(f"select check_name, finished_at from '{into}/**/*.parquet'")
    assert found.fetchall() == [
        ("plays__add_up", datetime(2026, 3, 2, 23, 0, 0, 500000))
    ]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"metadata": {"invocation_id": "../x"}}']
)
def test_keep_checks_refuses_what_is_not_dbts(tmp_path: Path, text: str) -> None:
    for name in ("run_results.json", "manifest.json"):
        (tmp_path / name).write_text(text)
    done = CliRunner().invoke(main, ["keep-checks", str(tmp_path)])
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert "Error: " in done.output


def test_what_is_kept_lies_beside_the_database(tmp_path: Path) -> None:
    assert kept_path(tmp_path / "a.duckdb") == tmp_path / "a.duckdb.kept"
