"""The raw contract: which tables arrive, with which columns and types.

It has one home, the dbt sources (``models/staging/<system>/_<system>__sources.yml``),
which this module reads. The contract check, the DuckDB plugin and the sample generator
all follow it, so a column is declared once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

PROJECT_DIR = Path(__file__).resolve().parent.parent

DUCKDB_TYPES = {
    "string": "varchar",
    "int64": "bigint",
    "bool": "boolean",
    "date": "date",
    "timestamp": "timestamp",
    "float64": "double",
}


def duckdb_type(text: str) -> str:
    """Return the DuckDB type of a BigQuery type of the contract, nested ones too.

    ``array<struct<key string, value string>>`` gives
    ``struct(key varchar, value varchar)[]``. A type that the contract does not use
    raises ``ValueError``.
    """
    outer, inner = split_type(text)
    if outer == "array":
        return f"{duckdb_type(inner)}[]"
    if outer == "struct":
        fields = struct_fields(inner)
        listed = ", ".join(f"{name} {duckdb_type(type_)}" for name, type_ in fields)
        return f"struct({listed})"
    if outer not in DUCKDB_TYPES:
        raise ValueError(f"The raw contract knows no type {text!r}.")
    return DUCKDB_TYPES[outer]


def split_type(text: str) -> tuple[str, str]:
    """Split ``array<x>`` or ``struct<x>`` into kind and x, others into (text, "")."""
    text = text.strip().lower()
    for outer in ("array", "struct"):
        if text.startswith(f"{outer}<") and text.endswith(">"):
            return outer, text[len(outer) + 1 : -1]
    return text, ""


def struct_fields(inner: str) -> list[tuple[str, str]]:
    """Split ``a string, b array<int64>`` into pairs of a name and a type."""
    fields, depth, begin = [], 0, 0
    for position, letter in enumerate(inner + ","):
        depth += (letter == "<") - (letter == ">")
        if letter == "," and depth == 0:
            name, _, type_ = inner[begin:position].strip().partition(" ")
            fields.append((name, type_.strip()))
            begin = position + 1
    return fields


@dataclass(frozen=True)
class Table:
    """A raw table: its columns map each name to a BigQuery type, in contract order."""

    system: str
    name: str
    columns: dict[str, str]
    is_log: bool
    is_required: bool
    is_kept: bool = False

    @property
    def schema(self) -> str:
        """Schema of the table on both engines, such as ``raw_player``."""
        return f"{'kept' if self.is_kept else 'raw'}_{self.system}"

    def __str__(self) -> str:
        return f"{self.system}.{self.name}"


@cache
def tables(project_dir: Path = PROJECT_DIR) -> tuple[Table, ...]:
    """Return every raw table that the sources YAML declares, required systems first."""
    found = [table for table in _declared(project_dir) if not table.is_kept]
    return tuple(sorted(found, key=lambda table: not table.is_required))


@cache
def kept_tables(project_dir: Path = PROJECT_DIR) -> tuple[Table, ...]:
    """Return the tables that runs write for later runs: no logs, but what was seen."""
    return tuple(table for table in _declared(project_dir) if table.is_kept)


def _declared(project_dir: Path) -> Iterator[Table]:
    for path in sorted(project_dir.glob("models/staging/*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text(encoding="utf-8"))["sources"]:
            if not source["schema"].startswith(("raw_", "kept_")):
                continue
            for table in source["tables"]:
                yield Table(
                    system=source["name"],
                    name=table["name"],
                    columns={
                        column["name"]: column["data_type"]
                        for column in table["columns"]
                    },
                    is_log=_meta(table).get("is_log", False),
                    is_required=_meta(source).get("is_required", False),
                    is_kept=source["schema"].startswith("kept_"),
                )


def _meta(node: dict) -> dict:
    return node.get("config", {}).get("meta", {})
