"""Compares what two builds of the project hold, relation by relation, row by row.

Both databases are files of DuckDB: the one that dbt-duckdb built, and the one in which
the stopped emulator kept the tables that dbt-bigquery built.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

RELATIVE = 1e-9
SHOWN_ROWS = 3
NEAREST_AMONG = 1000


@dataclass(frozen=True)
class Relation:
    """A model or a seed: the same schema and name on both sides."""

    schema: str
    name: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"


@dataclass
class Comparison:
    """What comparing one relation gave: its rows and, if there is one, its fault."""

    relation: Relation
    rows: int
    fault: str = ""


def compare(
    relations: Sequence[Relation],
    emulator_file: Path,
    project: str,
    duckdb_file: Path,
    on_relation: Callable[[int, int], None] = lambda done, total: None,
) -> list[Comparison]:
    """Compare relations of both files; neither may be open elsewhere."""
    found = []
    with (
        duckdb.connect(str(emulator_file), read_only=True) as bigquery,
        duckdb.connect(str(duckdb_file), read_only=True) as embedded,
    ):
        for con in (bigquery, embedded):
            con.execute("set TimeZone = 'UTC'")
        for done, relation in enumerate(relations, 1):
            # the emulator's schemas are named project__dataset
            left = _read(bigquery, f"{project}__{relation.schema}", relation.name)
            right = _read(embedded, relation.schema, relation.name)
            found.append(_compare(relation, left, right))
            on_relation(done, len(relations))
    return found


def _read(
    con: duckdb.DuckDBPyConnection, schema: str, name: str
) -> duckdb.DuckDBPyRelation | None:
    try:
        return con.sql(f'select * from "{schema}"."{name}"')
    except duckdb.CatalogException:
        return None


def kind_of(duckdb_type: str, *, is_bigquery: bool) -> str:
    """Return the BigQuery type that a DuckDB type stands for, without parameters."""
    text = duckdb_type.upper()
    if text.endswith("[]"):
        return f"array<{kind_of(text[:-2], is_bigquery=is_bigquery)}>"
    if text.startswith("DECIMAL"):
        return "numeric"
    if text == "TIMESTAMP":
        # the emulator keeps datetime so, and timestamp with a time zone
        return "datetime" if is_bigquery else "timestamp"
    kinds = {
        "VARCHAR": "string",
        "BIGINT": "int64",
        "INTEGER": "int64",
        "HUGEINT": "int64",
        "BOOLEAN": "bool",
        "DATE": "date",
        "DOUBLE": "float64",
        "TIMESTAMP WITH TIME ZONE": "timestamp",
    }
    return kinds.get(text, re.sub(r"\(.*", "", text).lower())


def _compare(
    relation: Relation,
    left: duckdb.DuckDBPyRelation | None,
    right: duckdb.DuckDBPyRelation | None,
) -> Comparison:
    if left is None or right is None:
        side = "the emulator" if left is None else "DuckDB"
        return Comparison(relation, 0, f"{side} has no such relation.")
    shapes = [
        [
            f"{name} {kind_of(str(type_), is_bigquery=is_bigquery)}"
            for name, type_ in zip(side.columns, side.types, strict=True)
        ]
        for side, is_bigquery in ((left, True), (right, False))
    ]
    if shapes[0] != shapes[1]:
        pairs = [
            f"  emulator: {mine}, DuckDB: {theirs}"
            for mine, theirs in zip(*_padded(shapes), strict=True)
            if mine != theirs
        ]
        return Comparison(relation, 0, "\n".join(["columns differ:", *pairs]))
    floats = [text.split()[0] for text in shapes[0] if text.endswith(" float64")]
    tables = [_plain(left), _plain(right)]
    rows = max(table.num_rows for table in tables)
    return Comparison(relation, rows, _difference(tables, floats))


def _padded(shapes: list[list[str]]) -> list[list[str]]:
    length = max(map(len, shapes))
    return [[*shape, *["nothing"] * (length - len(shape))] for shape in shapes]


def _plain(side: duckdb.DuckDBPyRelation) -> pa.Table:
    """Return the rows in types that both sides share."""
    columns = []
    for name, type_ in zip(side.columns, side.types, strict=True):
        text, value = str(type_).upper(), f'"{name}"'
        if text.startswith("TIMESTAMP"):
            value = f"epoch_us({value})"
        elif text.startswith("DECIMAL"):
            value = f"cast({value} as decimal(38, 9))"
        elif text == "HUGEINT":
            value = f"cast({value} as bigint)"
        elif text.endswith(("[]", ")")):
            value = f"cast(to_json({value}) as varchar)"
        columns.append(f'{value} as "{name}"')
    return side.select(", ".join(columns)).to_arrow_table()


def _difference(tables: list[pa.Table], floats: list[str]) -> str:
    """Return what differs, with examples; an empty text if nothing does.

    Rows that agree in every exact column are numbered in the order of their floats, so
    that each has its counterpart; then those floats are compared.
    """
    names = tables[0].column_names
    exact = [name for name in names if name not in floats]
    with duckdb.connect() as con:
        window = (
            f"partition by {_listed(exact) or '1'} order by {_listed(floats) or '1'}"
        )
        for side, table in zip("ab", tables, strict=True):
            con.register(f"given_{side}", table)
            con.execute(
                f'create view {side} as select *, row_number() over ({window}) as "#" '
                f"from given_{side}"
            )
        same_row = " and ".join(
            f'a."{name}" is not distinct from b."{name}"' for name in [*exact, "#"]
        )
        conditions = ['a."#" is null', 'b."#" is null', *map(_unequal, floats)]
        differing = (
            f"from a full join b on {same_row} where ({' or '.join(conditions)})"
        )
        counts = con.execute(
            f'select count(a."#"), count(b."#") {differing}'
        ).fetchone()
        assert counts is not None
        if counts == (0, 0):
            return ""
        sides = [
            con.execute(
                f'select {_listed(names, side)} {differing} and {side}."#" is not null '
                f"order by all limit {NEAREST_AMONG}"
            ).fetchall()
            for side in "ab"
        ]
    lines = [f"{counts[0]} rows only on the emulator, {counts[1]} rows only on DuckDB:"]
    return "\n".join(lines + _examples(names, *sides))


def _listed(names: list[str], side: str = "") -> str:
    prefix = f"{side}." if side else ""
    return ", ".join(f'{prefix}"{name}"' for name in names)


def _unequal(name: str) -> str:
    left, right = f'a."{name}"', f'b."{name}"'
    return (
        f"not coalesce({left} is not distinct from {right} or (isfinite({left}) and "
        f"isfinite({right}) and abs({left} - {right}) "
        f"<= {RELATIVE} * greatest(abs({left}), abs({right}))), false)"
    )


def _examples(
    names: list[str], left: list[tuple[object, ...]], right: list[tuple[object, ...]]
) -> list[str]:
    lines = []
    for row in left[:SHOWN_ROWS]:
        lines.append(f"  emulator: {_shown(names, row)}")
        if right:
            near = min(right, key=lambda other: _unlike(row, other))
            changed = [
                f"{name} {mine!r} / {theirs!r}"
                for name, mine, theirs in zip(names, row, near, strict=True)
                if mine != theirs
            ]
            lines.append(f"    the nearest on DuckDB differs: {'; '.join(changed)}")
    if not left:
        lines += [f"  DuckDB: {_shown(names, row)}" for row in right[:SHOWN_ROWS]]
    return lines


def _unlike(row: tuple[object, ...], other: tuple[object, ...]) -> int:
    return sum(mine != theirs for mine, theirs in zip(row, other, strict=True))


def _shown(names: list[str], row: tuple[object, ...]) -> str:
    return ", ".join(f"{name}={value}" for name, value in zip(names, row, strict=True))
