"""Two relations compared as multisets of rows."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ott.bigquery.types import shown
from ott.bigquery.zetasql_client import Column

RELATIVE = 1e-9
SHOWN_ROWS = 3

Row = tuple[Any, ...]


def difference(
    columns: Sequence[Column],
    bigquery: Iterable[Row],
    other: Iterable[Row],
    other_name: str = "DuckDB",
) -> str:
    """Return what differs in the rows of both, as text with examples; else nothing.

    Exact types must be equal; floats may differ by a relative 1e-9. Rows that agree in
    every exact column are paired in the order of their floats.
    """
    floats = [n for n, column in enumerate(columns) if column.type_name == "float64"]
    left, right = _grouped(bigquery, floats), _grouped(other, floats)
    only_left: list[Row] = []
    only_right: list[Row] = []
    for key in left.keys() | right.keys():
        mine, theirs = left.get(key, []), right.get(key, [])
        if len(mine) == len(theirs) and all(map(_close, sorted(mine), sorted(theirs))):
            continue
        if not floats:
            surplus = len(mine) - len(theirs)
            only_left += [row for _, row in mine[:surplus]] if surplus > 0 else []
            only_right += [row for _, row in theirs[:-surplus]] if surplus < 0 else []
        else:
            only_left += [row for _, row in mine]
            only_right += [row for _, row in theirs]
    if not only_left and not only_right:
        return ""
    lines = [
        f"{len(only_left)} rows only on BigQuery, "
        f"{len(only_right)} rows only on {other_name}"
    ]
    lines += _nearest(columns, only_left, only_right, other_name)
    return "\n".join(lines)


def _grouped(rows: Iterable[Row], floats: list[int]) -> dict[Any, list[Any]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        exact = tuple(
            _hashable(value) for n, value in enumerate(row) if n not in floats
        )
        groups[exact].append((tuple(_sortable(row[n]) for n in floats), row))
    return groups


def _sortable(value: float | None) -> tuple[int, float]:
    if value is None:
        return (0, 0.0)
    return (1, 0.0) if math.isnan(value) else (2, value)


def _close(left: Any, right: Any) -> bool:
    return all(
        kind == other_kind and math.isclose(value, other, rel_tol=RELATIVE)
        for (kind, value), (other_kind, other) in zip(left[0], right[0], strict=True)
    )


def _hashable(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_hashable, value))
    if isinstance(value, dict):
        return tuple((key, _hashable(item)) for key, item in value.items())
    # True equals 1 in Python, not in SQL
    return ("bool", value) if isinstance(value, bool) else value


def _nearest(
    columns: Sequence[Column], left: list[Row], right: list[Row], other_name: str
) -> list[str]:
    """Show a few rows; of the most alike row on the other side only what differs."""
    lines = []
    for row in left[:SHOWN_ROWS]:
        lines.append(f"  BigQuery: {_shown(columns, row)}")
        if right:
            near = min(right[:1000], key=lambda other: _unlike(row, other))
            changed = [
                f"{column.name} {shown(mine, column.type)} / {shown(its, column.type)}"
                for column, mine, its in zip(columns, row, near, strict=True)
                if mine != its
            ]
            lines.append(f"    differs from {other_name} in {'; '.join(changed)}")
    if not left:
        lines += [
            f"  {other_name}: {_shown(columns, row)}" for row in right[:SHOWN_ROWS]
        ]
    return lines


def _unlike(row: Row, other: Row) -> int:
    return sum(mine != its for mine, its in zip(row, other, strict=True))


def _shown(columns: Sequence[Column], row: Row) -> str:
    pairs = zip(columns, row, strict=True)
    return ", ".join(
        f"{column.name}={shown(value, column.type)}" for column, value in pairs
    )
