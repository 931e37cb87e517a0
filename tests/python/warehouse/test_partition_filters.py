"""Every query for BigQuery names dates where a table requires a partition filter."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import exp

from ott.bigquery.render import Project


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
    if where and any(
        compared.find(exp.Column, exp.Identifier)
        for compared in where.find_all(exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ)
        if any(c.name == column for c in compared.find_all(exp.Column))
        and any(not side.find(exp.Column) for side in (compared.left, compared.right))
    ):
        return True
    cte = select.find_ancestor(exp.CTE)
    if cte is None or select.find_ancestor(exp.Subquery):
        return False
    readers = _readers(tree, cte.alias, is_cte=True)
    return bool(readers) and all(_is_filtered(tree, one, column) for one in readers)


@pytest.mark.parametrize(
    ("sql", "sound"),
    [
        ("select * from p.s.t where d >= date '2026-01-01'", True),
        ("select * from p.s.t", False),
        ("select * from p.s.t where x = 1", False),
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


def test_every_read_of_a_table_that_requires_dates_names_them(
    compiled_for_bigquery: Project,
) -> None:
    nodes = compiled_for_bigquery.nodes.values()
    required = {
        node.id: node.config["partition_by"]["field"]
        for node in nodes
        if node.config.get("require_partition_filter")
    }
    assert {name.split(".")[-1] for name in required} == {
        "int_viewing__plays",
        "viewing_daily",
    }
    reads = [(node, key) for node in nodes for key in required if key in node.inputs]
    assert len(reads) >= 15
    assert {
        str(node): found
        for node, key in reads
        if (found := unfiltered_reads(node.sql, key.split(".")[-1], required[key]))
    } == {}
