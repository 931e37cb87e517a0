"""dbt's unit tests as BigQuery would run them: given rows become the model's inputs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ott.bigquery.render import Project
from ott.bigquery.types import type_name
from ott.bigquery.zetasql_client import Column

INPUT = re.compile(r"\s*(ref|source)\s*\((.*)\)\s*")
# what the input `this` stands for
OWN = "ref('{0[model]}')"
QUOTED = re.compile(r"""['"]([^'"]+)['"]""")

Columns = tuple[Column, ...]


class UnitTestError(Exception):
    """A unit test that can't be turned into SQL; dbt would refuse it, too."""


def actual_sql(
    project: Project,
    test: Mapping[str, Any],
    sql: str,
    columns_of: Callable[[str], Columns],
) -> str:
    """Return the model's query with each given input in place of its relation.

    An input that the test does not give keeps its relation's name, which the analyzer
    then doesn't find: dbt-bigquery would refuse the test for the same reason.
    """
    inputs = []
    for number, given in enumerate(test["given"]):
        is_own = given["input"].strip() == "this"
        relation = _relation(project, OWN.format(test) if is_own else given["input"])
        name = f"__given_{number}"
        sql = sql.replace(relation, name)
        rows = given["rows"] or []
        text = (
            rows if isinstance(rows, str) else select_rows(columns_of(relation), rows)
        )
        inputs.append(f"{name} as (\n{text}\n)")
    head = f"with {', '.join(inputs)}\n" if inputs else ""
    listed = _expected_names(test)
    chosen = ", ".join(f"`{name}`" for name in listed) if listed else "*"
    return f"{head}select {chosen} from (\n{sql}\n)"


def expected_sql(test: Mapping[str, Any], actual: Columns) -> str:
    """Return the query that gives the expected rows, with the types of the actual."""
    rows = test["expect"]["rows"] or []
    if isinstance(rows, str):
        return rows
    return select_rows(actual, rows)


def _expected_names(test: Mapping[str, Any]) -> list[str]:
    rows = test["expect"]["rows"] or []
    return list(rows[0]) if rows and not isinstance(rows, str) else []


def select_rows(columns: Columns, rows: list[dict[str, Any]]) -> str:
    """Return the query that dbt writes for given rows: every value by `safe_cast`."""
    types = {column.name.lower(): column.type for column in columns}
    selects = []
    for row in rows or [{}]:
        values = {name.lower(): value for name, value in row.items()}
        if unknown := values.keys() - types.keys():
            raise UnitTestError(
                f"Column {', '.join(sorted(unknown))} is given, but the relation has "
                f"{', '.join(types)}."
            )
        listed = (
            f"{_literal(values.get(name), type_)} as `{name}`"
            for name, type_ in types.items()
        )
        selects.append(f"select {', '.join(listed)}")
    return "\nunion all\n".join(selects) + ("" if rows else "\nlimit 0")


def _literal(value: Any, type_: Any) -> str:
    name = type_name(type_)
    if isinstance(value, list):
        element = type_.array_type.element_type
        return f"[{', '.join(_literal(item, element) for item in value)}]"
    if isinstance(value, dict):
        fields = (
            f"{_literal(value.get(field.field_name), field.field_type)} "
            f"as {field.field_name}"
            for field in type_.struct_type.field
        )
        return f"struct({', '.join(fields)})"
    if value is None:
        return f"cast(null as {name})"
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
        value = f"'{text}'"
    elif isinstance(value, bool):
        value = str(value).lower()
    return f"safe_cast({value} as {name})"


def _relation(project: Project, text: str) -> str:
    match = INPUT.fullmatch(text)
    names = QUOTED.findall(match.group(2)) if match else []
    if match and match.group(1) == "ref":
        for node in project.nodes.values():
            if node.kind in ("model", "seed", "snapshot") and node.name == names[-1]:
                return node.relation
    for source in project.sources.values():
        if [source["source_name"], source["name"]] == names:
            return str(source["relation_name"])
    raise UnitTestError(f"The input {text} is nothing of the project.")
