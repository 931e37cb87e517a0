"""Every query for BigQuery names dates where a table requires a partition filter."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import exp

from ott.bigquery.render import Project

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("recorded")]


def unfiltered_reads(sql: str, table: str, column: str) -> list[str]:
    """Return the selects that read a table without a condition on its partition.

    A select that reads it inside a CTE or a subquery without a condition is sound where
    every select that reads that CTE has one: BigQuery pushes it down.
    """
    tree = sqlglot.parse_one(sql, dialect="bigquery")
    return [
        select.sql(dialect="bigquery")[:300]
        for select in _readers(tree, table, is_cte=False)
        if not _is_filtered(tree, select, column)
    ]


def _readers(tree: exp.Expression, name: str, is_cte: bool) -> list[exp.Select]:
    # an import CTE has the name of its table, but no dataset before it
    return [
        found.find_ancestor(exp.Select)
        for found in tree.find_all(exp.Table)
        if found.name == name and bool(found.db) != is_cte
    ]


def _is_filtered(tree: exp.Expression, select: exp.Select, column: str) -> bool:
    where = select.args.get("where")
    if where and (
        any(
            _is_of(compared, column)
            and any(
                not side.find(exp.Column) for side in (compared.left, compared.right)
            )
            for compared in where.find_all(exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ)
        )
        or any(
            _is_of(between.this, column)
            and not any(between.args[end].find(exp.Column) for end in ("low", "high"))
            for between in where.find_all(exp.Between)
        )
    ):
        return True
    cte = select.find_ancestor(exp.CTE)
    if cte is None or select.find_ancestor(exp.Subquery):
        return False
    readers = _readers(tree, cte.alias, is_cte=True)
    return bool(readers) and all(_is_filtered(tree, one, column) for one in readers)


def _is_of(condition: exp.Expression, column: str) -> bool:
    return any(found.name == column for found in condition.find_all(exp.Column))


@pytest.mark.parametrize(
    ("sql", "sound"),
    [
        ("select * from p.s.t where d >= date '2026-01-01'", True),
        ("select * from p.s.t", False),
        ("select * from p.s.t where x = 1", False),
        ("select * from p.s.t where d between '2026-01-01' and '2026-01-03'", True),
        ("select * from p.s.t where x between 1 and 2", False),
        (
            "select * from p.s.t inner join u on t.k = u.k where d between a and b",
            False,
        ),
        (
            "with c as (select * from p.s.t) select * from c where d < '2026-01-01'",
            True,
        ),
        ("with c as (select * from p.s.t) select * from c where x = 1", False),
        ("select * from p.s.t inner join u on t.d = u.d", False),
        ("select * from p.s.t inner join u on t.d = u.d where t.d = u.d", False),
        (
            "with c as (select * from p.s.t) select * from c where d = '2026-01-01' "
            "union all select * from c",
            False,
        ),
    ],
)
def test_the_check_itself(sql: str, sound: bool) -> None:
    assert (unfiltered_reads(sql, "t", "d") == []) == sound


def unfiltered(project: Project) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return what requires dates, with the column, and the reads that name none.

    A view hands the requirement on: BigQuery pushes the condition of its reader down.
    """
    nodes = project.nodes.values()
    required = {
        node.id: node.config["partition_by"]["field"]
        for node in nodes
        if node.config.get("require_partition_filter")
    }
    refused = {}
    for node in nodes:
        for key in set(node.inputs) & set(required):
            table, column = key.split(".")[-1], required[key]
            found = unfiltered_reads(node.sql, table, column)
            if found and node.config["materialized"] == "view":
                assert column in node.raw["columns"], node.name
                required[node.id] = column
            elif found:
                refused[f"{node} of {table}"] = found
    return {key.split(".")[-1]: column for key, column in required.items()}, refused


@pytest.mark.parametrize("branch", ["first", "daily", "backfill"])
def test_every_read_of_a_table_that_requires_dates_names_them(
    branches_for_bigquery: dict[str, Project], branch: str
) -> None:
    required, refused = unfiltered(branches_for_bigquery[branch])
    assert required == dict.fromkeys(
        (
            "int_restricted__watched_plays",
            "int_restricted__plays",
            "int_viewing__plays",
        ),
        "view_date",
    )
    assert refused == {}


def test_the_reads_that_must_name_dates_are_many(
    compiled_for_bigquery: Project,
) -> None:
    names = {
        "int_restricted__watched_plays",
        "int_restricted__plays",
        "int_viewing__plays",
    }
    reads = [
        (node.name, key)
        for node in compiled_for_bigquery.nodes.values()
        for key in node.inputs
        if key.split(".")[-1] in names
    ]
    assert len(reads) >= 15
