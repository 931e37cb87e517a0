"""No cell of the audience that is hidden can be worked out, by whoever knows the rule.

Every small world is tried: all counts of a few values below a limit, each the audience
of a programme of its own. Worlds that publish the same cannot be told apart; so a
hidden cell is safe where it has different counts in them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ott.bigquery.duckdb_build import build

VALUES = ("A", "B", "C", "UNKNOWN")
BY_NAME = "dimension_value = 'UNKNOWN' desc, dimension_value asc"
World = tuple[int, ...]


def published(
    con: duckdb.DuckDBPyConnection, sql: str, worlds: list[World]
) -> dict[World, tuple[Any, ...]]:
    """Return what anybody sees of each world: all viewers, and the mart's rows."""
    cells = [
        (f"{number:06}", VALUES[place], count)
        for number, world in enumerate(worlds)
        for place, count in enumerate(world)
        if count
    ]
    listed = ", ".join(map(str, cells))
    con.execute("delete from restricted.int_restricted__program_audience_weeks")
    con.execute(
        "insert into restricted.int_restricted__program_audience_weeks "
        "select date '2024-01-01', program_id, 'gender', cell, viewers "
        f"from (values {listed}) as cells (program_id, cell, viewers)"
    )
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for program, value, viewers in con.execute(
        f"select program_id, dimension_value, viewers from ({sql})"
    ).fetchall():
        rows[program][value] = viewers
    # the whole is published beside it, in program_performance_weekly
    return {
        world: (sum(world), tuple(sorted(rows[f"{number:06}"].items())))
        for number, world in enumerate(worlds)
    }


def told(seen: dict[World, tuple[Any, ...]], most: int) -> list[tuple[World, str]]:
    """Return the worlds of which a hidden cell can be worked out, with its value.

    What is hidden together must not exceed the greatest count that was tried.
    """
    alike: dict[tuple[Any, ...], list[World]] = defaultdict(list)
    for world, what in seen.items():
        alike[what].append(world)
    return [
        (worlds[0], VALUES[place])
        for (_, rows), worlds in alike.items()
        for place in range(len(worlds[0]))
        if VALUES[place] not in dict(rows)
        and dict(rows).get("OTHER", 0) <= most
        and len({world[place] for world in worlds}) == 1
        and worlds[0][place] > 0
    ]


def worlds_of(
    compiled: Callable[..., Any], folder: Path, k: int, values: int, most: int, by: str
) -> dict[World, tuple[Any, ...]]:
    """Return what is published of all worlds, the cells merged in the order `by`."""
    project = compiled(k_anonymity=k)
    (mart,) = (n for n in project.nodes.values() if n.name == "program_audience_weekly")
    assert BY_NAME in mart.sql
    con = build(project, folder, "pepper")
    worlds = list(product(range(most + 1), repeat=values))
    seen = published(con, mart.sql.replace(BY_NAME, by), worlds)
    con.close()
    return seen


@pytest.mark.parametrize(
    ("k", "values", "most"), [(3, 2, 12), (3, 3, 10), (3, 4, 7), (4, 3, 13), (5, 2, 16)]
)
def test_no_hidden_cell_can_be_worked_out(
    compiled: Callable[..., Any], tmp_path: Path, k: int, values: int, most: int
) -> None:
    seen = worlds_of(compiled, tmp_path, k, values, most, BY_NAME)
    assert told(seen, most) == []
    shown = [(n, dict(rows)) for n, rows in seen.values()]
    # nothing small is shown, and what is shown is the whole or nothing
    assert all(count >= k for _, rows in shown for count in rows.values())
    assert all(sum(rows.values()) == (n if n >= k else 0) for n, rows in shown)
    assert any("OTHER" in rows for _, rows in shown)
    assert any(rows and "OTHER" not in rows for _, rows in shown)


def test_the_smallest_of_the_others_would_tell_what_it_hides(
    compiled: Callable[..., Any], tmp_path: Path
) -> None:
    seen = worlds_of(compiled, tmp_path, 3, 3, 12, "viewers asc, dimension_value asc")
    found = told(seen, 12)
    # of 8 viewers beside 6 that are shown nothing else is possible than 6 and 2
    assert ((6, 6, 2), "C") in found
