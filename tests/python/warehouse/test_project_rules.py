"""Rules of the project that its manifest and its files must keep."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ott.bigquery.duckdb_build import build
from ott.contract import PROJECT_DIR, tables

PERSONAL_COLUMNS = {
    "uno",
    "profile_id",
    "device_id",
    "birth_date",
    "email",
    "phone",
}
RESTRICTED_SCHEMAS = {"restricted"}
REFERENCE_SCHEMAS = {"reference"}


@pytest.fixture(scope="module")
def manifest(dbt) -> dict[str, Any]:
    return dbt.manifest


@pytest.fixture(scope="module")
def models(manifest) -> list[dict[str, Any]]:
    return [
        node for node in manifest["nodes"].values() if node["resource_type"] == "model"
    ]


def layer(node: dict[str, Any]) -> str:
    if node["resource_type"] == "source" or node["schema"] in RESTRICTED_SCHEMAS:
        return "restricted"
    return "reference" if node["schema"] in REFERENCE_SCHEMAS else "public"


def test_nothing_restricted_reads_from_anything_public(manifest, models) -> None:
    nodes = manifest["nodes"] | manifest["sources"]
    leaks = [
        f"{model['name']} reads {nodes[parent]['name']}"
        for model in models
        for parent in model["depends_on"]["nodes"]
        if layer(model) in ("restricted", "reference")
        and layer(nodes[parent]) == "public"
    ]
    assert leaks == []


def test_public_models_never_read_a_raw_table_of_personal_systems(
    manifest, models
) -> None:
    # the reconciliation counts rows at the source and reads no column but ingest_date
    allowed = {
        "int_reconciliation__viewing_log_days",
        "int_reconciliation__whole_tables",
    }
    reads = [
        f"{model['name']} reads {parent}"
        for model in models
        for parent in model["depends_on"]["nodes"]
        if parent.startswith("source.")
        and layer(model) == "public"
        and model["name"] not in allowed
    ]
    assert reads == []
    for name in allowed:
        sql = next(model["raw_code"] for model in models if model["name"] == name)
        assert not re.findall(rf"\b({'|'.join(PERSONAL_COLUMNS)})\b", sql), name


def test_no_public_relation_carries_a_personal_column(compiled, tmp_path) -> None:
    con = build(compiled(), tmp_path, "pepper")
    rows = con.execute(
        "select table_schema, table_name, column_name from information_schema.columns"
    ).fetchall()
    con.close()
    # without this the test would pass on a database that holds nothing
    assert ("restricted", "int_restricted__account_hashes", "uno") in rows
    assert [
        row
        for row in rows
        if row[2] in PERSONAL_COLUMNS
        and row[0] not in RESTRICTED_SCHEMAS
        and not row[0].startswith("raw_")
    ] == []


def test_every_model_says_what_a_row_is_and_describes_its_columns(
    compiled, models, tmp_path
) -> None:
    con = build(compiled(), tmp_path, "pepper")
    for model in models:
        assert model["description"].startswith("One row per "), model["name"]
        columns = con.execute(f"describe {model['relation_name']}").fetchall()
        assert list(model["columns"]) == [column[0] for column in columns], model[
            "name"
        ]
        for name, column in model["columns"].items():
            assert column["description"].strip(), f"{model['name']}.{name}"
    con.close()


def test_every_mart_is_there_with_an_enforced_contract(models) -> None:
    marts = [model for model in models if model["schema"] == "marts"]
    assert {model["name"] for model in marts} >= {
        "viewing_daily",
        "paid_subscribers_daily",
        "first_views_daily",
        "log_reconciliation",
        "log_quarantine_reasons",
    }
    for model in marts:
        assert model["config"]["contract"]["enforced"], model["name"]
        assert model["config"]["materialized"] in ("table", "incremental", "view")


# what the plugin or a profile's setting brings, and a plain client lacks
PLUGIN = r"(?i)\b(hash_account|sha512_hex|float64|raw_\w+|timestamptz|at time zone)\b"


def test_a_plain_client_can_read_every_mart_that_is_a_view(compiled) -> None:
    project = compiled()
    views = [
        node
        for node in project.of_kind("model")
        if node.raw["schema"] == "marts" and node.config["materialized"] == "view"
    ]
    assert {view.name for view in views} == {
        "viewing_daily",
        "first_views_daily",
        "subscription_spells",
        "program_hours_weekly",
        "account_segments",
    }
    for view in with_views_behind(project, views):
        assert not re.findall(PLUGIN, view.sql), view.name


def with_views_behind(project, views) -> list[Any]:
    """Return views and those that they read, down to tables; none reads a raw table."""
    found = {view.name: view for view in views}
    waiting = [*views]
    while waiting:
        for key in waiting.pop().inputs:
            assert key in project.nodes, f"a view reads {key}"
            node = project.nodes[key]
            if node.config["materialized"] == "view" and node.name not in found:
                found[node.name] = node
                waiting.append(node)
    return [*found.values()]


def test_no_mart_that_is_a_view_reads_the_restricted_layer(manifest, models) -> None:
    views = [
        model
        for model in models
        if model["schema"] == "marts" and model["config"]["materialized"] == "view"
    ]
    assert [
        f"{view['name']} reads {parent}"
        for view in views
        for parent in view["depends_on"]["nodes"]
        if layer(manifest["nodes"][parent]) == "restricted"
    ] == []


@pytest.mark.parametrize(
    "sql",
    [
        "select hash_account(uno) as hash_uno from t",
        "select cast(x as float64) as x from t",
        "select * from raw_player.viewing_log",
        "select started_at at time zone 'Asia/Seoul' as kst from t",
    ],
)
def test_the_check_of_views_itself(sql: str) -> None:
    assert re.findall(PLUGIN, sql)


def test_every_source_column_has_a_type_and_a_description(manifest) -> None:
    for source in manifest["sources"].values():
        for name, column in source["columns"].items():
            assert column["data_type"], f"{source['name']}.{name}"
            assert column["description"], f"{source['name']}.{name}"


def test_the_contract_declares_the_partition_of_every_log() -> None:
    logs = [table for table in tables() if table.is_log]
    assert len(logs) == 4
    for table in logs:
        assert table.columns["ingested_at"] == "timestamp"
        assert list(table.columns)[-1] == "ingest_date"


def test_the_data_dictionary_asks_nothing_of_the_network(manifest) -> None:
    # with the flag on, the page of `dbt docs` loads a tracker
    assert manifest["metadata"]["send_anonymous_usage_stats"] is False


def test_every_analysis_runs(compiled, tmp_path) -> None:
    analyses = compiled().of_kind("analysis")
    assert len(analyses) >= 2
    con = build(compiled(), tmp_path, "pepper")
    for analysis in analyses:
        con.execute(analysis.sql)
    con.close()


def test_no_model_asks_which_warehouse_it_runs_on() -> None:
    found = [
        str(path)
        for path in PROJECT_DIR.glob("models/**/*.sql")
        if re.search(r"target\s*\.\s*type|adapter\s*\.\s*type", path.read_text())
    ]
    assert found == []


def test_every_warehouse_macro_has_both_twins_and_no_default() -> None:
    for path in PROJECT_DIR.glob("macros/warehouse/*.sql"):
        defined = set(re.findall(r"macro (\w+)\(", path.read_text()))
        name = path.stem
        assert defined == {name, f"bigquery__{name}", f"duckdb__{name}"}, path.name


def test_dispatched_macros_live_in_macros_warehouse_alone() -> None:
    assert [
        path.name
        for path in PROJECT_DIR.glob("macros/**/*.sql")
        if "dispatch" in path.read_text() and path.parent.name != "warehouse"
    ] == []


def test_every_measuring_macro_has_a_test_named_as_a_claim(manifest) -> None:
    tested = {
        path.name.split("__")[0] for path in PROJECT_DIR.glob("tests/macros/*.sql")
    }
    macros = {path.stem for path in PROJECT_DIR.glob("macros/warehouse/*.sql")}
    # their effect is asserted on the DDL, in test_bigquery_design.py
    assert macros - tested == {"table_design", "view_design"}


def test_no_macro_of_the_project_hides_one_of_dbt(manifest) -> None:
    own = {
        macro["name"].split("__", 1)[-1] if "__" in macro["name"] else macro["name"]
        for macro in manifest["macros"].values()
        if macro["package_name"] == "ott" and not macro["name"].startswith("test_")
    }
    theirs = {
        macro["name"]
        for macro in manifest["macros"].values()
        if macro["package_name"] != "ott"
    }
    meant = {
        "generate_schema_name",
        "generate_database_name",
        "get_where_subquery",
        "get_table_columns_and_constraints",
        "create_table_as",
    }
    assert own & theirs - meant == set()


@pytest.mark.parametrize(
    ("pattern", "limit"),
    [
        ("models/**/*.sql", 120),
        ("**/*.yml", 300),
        ("ott/**/*.py", 300),
        ("tests/**/*.py", 300),
        ("macros/**/*.sql", 40),
    ],
)
def test_no_file_is_too_long(pattern: str, limit: int) -> None:
    files = [
        path
        for path in PROJECT_DIR.glob(pattern)
        if not {".venv", "target", "data"} & set(path.relative_to(PROJECT_DIR).parts)
    ]
    assert files
    assert [
        f"{path.relative_to(PROJECT_DIR)}: {count} lines"
        for path in files
        if (count := len(Path(path).read_text(encoding="utf-8").splitlines())) > limit
    ] == []
