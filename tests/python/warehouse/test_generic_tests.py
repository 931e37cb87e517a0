"""Each generic test of the project passes on sound rows and fails on unsound ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from dbt.cli.main import dbtRunner

from ott.contract import PROJECT_DIR

MODELS = {
    "sound": "select 1 as id, 'a' as kind, date '2026-03-01' as day union all "
    "select 2, 'a', date '2026-03-02' union all "
    "select 0, 'b', date '2026-03-02'",
    "repeated": "select 1 as id, 'a' as kind union all select 1, 'a'",
    "negative": "select -1 as id, 1 as other union all select 1, 1",
    "null_expression": "select cast(null as integer) as id",
    "gap": "select 'a' as kind, date '2026-03-01' as day union all "
    "select 'a', date '2026-03-03'",
    "one_refused": "select cast(null as varchar) as quarantine_reason union all "
    "select 'missing_key'",
    "nothing": "select 'missing_key' as quarantine_reason where false",
    "early_end": "select 'a' as kind, date '2026-03-01' as day union all "
    "select 'a', date '2026-03-02' union all select 'b', date '2026-03-01'",
}

CASES = [
    ("unique_combination_of_columns", {"columns": ["id", "kind"]}, "sound", "pass"),
    ("unique_combination_of_columns", {"columns": ["id", "kind"]}, "repeated", "fail"),
    ("expression_is_true", {"expression": "id >= 0"}, "sound", "pass"),
    ("expression_is_true", {"expression": "id >= 0"}, "negative", "fail"),
    ("expression_is_true", {"expression": "id >= 0"}, "null_expression", "fail"),
    ("not_negative", {"columns": ["id"]}, "sound", "pass"),
    ("not_negative", {"columns": ["other", "id"]}, "negative", "fail"),
    ("quarantined_share_at_most", {"share": 0.5}, "one_refused", "pass"),
    ("quarantined_share_at_most", {"share": 0.49}, "one_refused", "fail"),
    ("quarantined_share_at_most", {"share": 0.05}, "nothing", "pass"),
    ("dense_dates", {"date_column": "day", "group_by": ["kind"]}, "sound", "pass"),
    ("dense_dates", {"date_column": "day", "group_by": ["kind"]}, "gap", "fail"),
    ("dense_dates", {"date_column": "day", "group_by": ["kind"]}, "early_end", "fail"),
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Status of each case, from a small dbt project that holds only the cases."""
    project = tmp_path_factory.mktemp("generic")
    shutil.copytree(PROJECT_DIR / "tests/generic", project / "tests/generic")
    shutil.copytree(PROJECT_DIR / "macros/warehouse", project / "macros/warehouse")
    (project / "models").mkdir()
    for name, sql in MODELS.items():
        (project / f"models/{name}.sql").write_text(sql)
    properties = [
        {
            "name": name,
            "data_tests": [
                {test: {"name": f"case_{number}", "arguments": arguments}}
                for number, (test, arguments, model, _) in enumerate(CASES)
                if model == name
            ],
        }
        for name in MODELS
    ]
    files = {
        "models/models.yml": {"version": 2, "models": properties},
        "dbt_project.yml": {
            "name": "cases",
            "profile": "cases",
            "flags": {
                "send_anonymous_usage_stats": False,
                "require_generic_test_arguments_property": True,
            },
        },
        "profiles.yml": {
            "cases": {
                "target": "dev",
                "outputs": {
                    "dev": {"type": "duckdb", "path": str(project / "c.duckdb")}
                },
            }
        },
    }
    for path, content in files.items():
        # JSON is YAML
        (project / path).write_text(json.dumps(content))
    dbtRunner().invoke(
        [
            "build",
            "--quiet",
            "--project-dir",
            str(project),
            "--profiles-dir",
            str(project),
        ]
    )
    results = json.loads((project / "target/run_results.json").read_text())["results"]
    return {
        result["unique_id"].split(".")[2]: result["status"]
        for result in results
        if result["unique_id"].startswith("test.")
    }


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_generic_test_passes_and_fails_as_it_should(outcomes, number: int) -> None:
    assert outcomes[f"case_{number}"] == CASES[number][3], CASES[number]


def test_every_generic_test_of_the_project_has_both_cases() -> None:
    names = {Path(path).stem for path in PROJECT_DIR.glob("tests/generic/*.sql")}
    for expected in ("pass", "fail"):
        assert {case[0] for case in CASES if case[3] == expected} == names
