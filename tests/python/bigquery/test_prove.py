"""The proof itself: nothing is refused, nothing differs, and nothing is left out."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from ott.bigquery import command
from ott.bigquery.analyze import contract_faults, design_faults
from ott.bigquery.compare import difference
from ott.bigquery.report import Report
from ott.bigquery.zetasql_client import columns_of
from ott.cli import main
from ott.contract import PROJECT_DIR

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("bigquery")]


def test_bigquery_accepts_everything_and_answers_as_duckdb_does(run) -> None:
    assert not run.report.failures, "\n\n".join(map(str, run.report.failures))


def test_nothing_is_left_out(run) -> None:
    project, counts = run.analyzer.project, run.sample_counts
    models = list((PROJECT_DIR / "models").rglob("*.sql"))
    tests = [
        path
        for path in (PROJECT_DIR / "tests").rglob("*.sql")
        if path.parent.name != "generic"
    ]
    assert counts["model"] == counts["create"] == len(models)
    assert counts["relations"] == len(models) + len(project.of_kind("seed"))
    assert counts["test"] == len(project.of_kind("test")) > len(tests)
    assert counts["analysis"] == len(list((PROJECT_DIR / "analyses").glob("*.sql")))
    assert counts["unit_tests"] == len(project.unit_tests) > 100
    assert counts["rows"] > 10_000
    added = [n for n in project.of_kind("model") if n.addition]
    # a daily run and a backfill of each
    for name in ("incremental", "addition", "branches"):
        assert counts[name] == 2 * len(added) >= 18, name
    assert counts["windowed"] >= 100
    assert counts["branch_rows"] > 500
    marts = [path for path in models if "marts" in path.parts]
    assert counts["contracts"] >= len(marts)


def test_no_data_test_finds_a_row_in_the_sample(run) -> None:
    # but those that count what there is to find: codes and columns that nobody listed
    assert set(run.sample_failing_tests) == {
        "contract_change__has_no_open_problem",
        "unknown_code__has_no_open_problem",
    }


def test_every_relation_has_rows_in_one_of_both(run) -> None:
    empty = {
        node.name
        for node in run.analyzer.project.of_kind("model")
        if not any(
            len(rows.tables[node.relation.replace("`", "")])
            for rows in (run.sample, run.adversarial)
        )
    }
    # few watch in the service's first weeks, so no pair of programmes has
    # `k_anonymity` viewers in common, no expected log is missing and no player counts
    # twice; the unit tests of these execute on both engines
    assert empty == {
        "program_pairs_weekly",
        "int_data_quality__completeness_findings",
        "int_data_quality__overlap_findings",
    }


def test_the_pepper_is_in_no_sql(run) -> None:
    from ott.bigquery.prove import PEPPER

    for node in run.analyzer.project.nodes.values():
        assert PEPPER not in node.sql + node.ddl


def test_a_contract_names_what_the_sql_lacks() -> None:
    declared = {
        "day": {"data_type": "date"},
        "share": {"data_type": "numeric(18, 4)"},
        "views": {"data_type": "int64"},
    }
    types = {"day": "date", "share": "float64", "more": "string"}
    assert contract_faults(types, declared) == [
        "share: the SQL gives float64, the contract asks for numeric",
        "more: the SQL gives string, the contract asks for no such column",
        "views: the SQL gives no such column, the contract asks for int64",
    ]


def test_partition_and_cluster_columns_exist_with_fitting_types() -> None:
    types = {"day": "date", "at": "timestamp", "share": "float64", "name": "string"}

    def faults(field: str, cluster: list[str]) -> list[str]:
        partition = {"field": field, "data_type": "date", "granularity": "day"}
        return design_faults(types, {"partition_by": partition, "cluster_by": cluster})

    assert faults("day", ["name", "at"]) == []
    assert "the column is timestamp" in faults("at", [])[0]
    assert "the column is missing" in faults("then", [])[0]
    assert faults("day", ["share", "other"]) == [
        "cluster_by share, which is float64",
        "cluster_by other, which is missing",
    ]
    assert "5 columns" in faults("day", ["name"] * 5)[0]


def test_rows_are_compared_as_multisets() -> None:
    columns = columns_of({"k": "string", "d": "date", "x": "float64"})
    rows = [("a", 1, 0.1), ("a", 1, 0.2), (None, None, None)]
    near = [("a", 1, 0.2), (None, None, None), ("a", 1, 0.1 * (1 + 1e-12))]
    assert difference(columns, rows, near) == ""
    assert difference(columns, rows, rows[:2]).startswith("1 rows only on BigQuery, 0")
    found = difference(columns, [("a", 1, 0.1)], [("a", 1, 0.11)])
    assert "k='a', d=1970-01-02, x=0.1" in found
    assert "differs from DuckDB in x 0.1 / 0.11" in found
    flags, numbers = columns_of({"b": "bool"}), columns_of({"n": "int64"})
    assert difference(flags, [(True,)], [(1,)])
    assert "2 rows only on DuckDB" in difference(numbers, [(1,)], [(1,), (1,), (1,)])


def report_of(**counts: int) -> Report:
    report = Report()
    report.counts.update(counts)
    report.functions |= {"trim", "sum"}
    return report


def test_the_command_shows_counts_and_functions(monkeypatch) -> None:
    monkeypatch.setattr(command, "_prove", lambda *_: report_of(model=3, rows=12345))
    result = CliRunner().invoke(main, ["prove-bigquery", "--list-functions"])
    assert result.exit_code == 0
    assert result.output.startswith("sum\ntrim\n")
    assert "12,345" in result.output
    assert "all rows are equal" in result.output


def test_the_command_fails_with_the_node_and_the_place(monkeypatch) -> None:
    report = report_of(model=1)
    report.fail("model x", "BigQuery refuses the SQL", "bad [at 1:2]\n x\n ^", "x.sql")
    monkeypatch.setattr(command, "_prove", lambda *_: report)
    result = CliRunner().invoke(main, ["prove-bigquery"])
    assert result.exit_code == 1
    assert "model x (x.sql): BigQuery refuses the SQL\n  bad [at 1:2]" in result.output
    assert "Error: 1 differences from BigQuery" in result.output


def test_raw_needs_its_run_date(tmp_path) -> None:
    result = CliRunner().invoke(main, ["prove-bigquery", "--raw", str(tmp_path)])
    assert result.exit_code == 2
    assert "given together" in result.output
