"""Which Parquet types satisfy a type of the raw contract, and which may stand together.

Every rule here was tried against DuckDB; the tests read each variant through the views.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import types

from ott.contract import Table, split_type, struct_fields
from ott.raw_footer import Footer


def is_accepted(expected: str, found: pa.DataType) -> bool:
    """Return whether a column of a file can be read as a type without loss.

    Args:
        expected: BigQuery type of the contract, such as `int64` or `array<string>`.
        found: Arrow type of the column in the file.
    """
    found = _plain(found)
    outer, inner = split_type(expected)
    if types.is_null(found):
        return True
    if outer == "array":
        return _is_list(found) and is_accepted(inner, found.value_type)
    if outer == "struct":
        return types.is_struct(found) and all(
            field is not None and is_accepted(type_, field)
            for name, type_ in struct_fields(inner)
            for field in [_field_type(found, name)]
        )
    if outer == "int64":
        return types.is_integer(found) and not types.is_uint64(found)
    checks = {
        "string": _is_text,
        "bool": types.is_boolean,
        "date": types.is_date,
        "timestamp": types.is_timestamp,
        "float64": lambda type_: types.is_float32(type_) or types.is_float64(type_),
    }
    return bool(checks[outer](found))


def keeps_values(first: pa.DataType, later: pa.DataType) -> bool:
    """Return whether every value of a later file survives the types of the first.

    DuckDB reads all files of a table with the types of the first one. Both types are
    accepted ones of the same column.
    """
    first, later = _plain(first), _plain(later)
    if types.is_null(later):
        return True
    if types.is_null(first):
        return False
    if types.is_integer(first) and types.is_integer(later):
        return _integer_holds(first, later)
    if types.is_timestamp(first) and first.unit == "ns" and first.tz is None:
        # the only unit whose range is narrower than that of microseconds
        return bool(later.unit == "ns")
    if types.is_float32(first):
        return bool(types.is_float32(later))
    if _is_list(first):
        return keeps_values(first.value_type, later.value_type)
    if types.is_struct(first):
        pairs = [(field.type, _field_type(later, field.name)) for field in first]
        return all(other is None or keeps_values(one, other) for one, other in pairs)
    return True


def wrong_columns(table: Table, footers: list[Footer]) -> Iterator[str]:
    """Yield one error for each column and each way it is wrong, naming a first file."""
    for name, expected in table.columns.items():
        if table.is_log and name == "ingest_date":
            continue  # it comes from the folder
        missing: list[Path] = []
        wrong: dict[str, list[Path]] = {}
        clashing: dict[str, list[Path]] = {}
        first: Footer | None = None
        for footer in footers:
            type_ = footer.types.get(name.lower())
            if type_ is None:
                missing.append(footer.path)
            elif not is_accepted(expected, type_):
                wrong.setdefault(str(type_), []).append(footer.path)
            elif first is None:
                first = footer
            elif not keeps_values(first.types[name.lower()], type_):
                clashing.setdefault(str(type_), []).append(footer.path)
        if missing:
            yield (
                f"{table}: column {name} is missing in {listed(missing)}; expected "
                f"{expected}. Add it, filled with nulls if the system does not know it."
            )
        for type_name, paths in wrong.items():
            yield (
                f"{table}: column {name} is {type_name} in {listed(paths)}; expected "
                f"{expected}. Write the column with that type."
            )
        for type_name, paths in clashing.items():
            assert first is not None
            yield (
                f"{table}: column {name} is {type_name} in {listed(paths)}, but "
                f"{first.types[name.lower()]} in {first.path}, the first file, whose "
                f"type all are read with. Write it as {expected} in all files."
            )


def type_name(found: pa.DataType) -> str:
    """Return the name of a column's type, the same for all ways to store a text."""
    found = _plain(found)
    return "string" if _is_text(found) else str(found)


def listed(paths: list[Path]) -> str:
    """Return the first of some paths and how many more there are."""
    more = len(paths) - 1
    return f"{paths[0]}" + (f" and {more} more file{'s'[: more > 1]}" if more else "")


def _integer_holds(first: pa.DataType, later: pa.DataType) -> bool:
    first_signed, later_signed = (
        types.is_signed_integer(first),
        types.is_signed_integer(later),
    )
    if first_signed == later_signed:
        return bool(first.bit_width >= later.bit_width)
    return first_signed and first.bit_width > later.bit_width


def _plain(found: pa.DataType) -> pa.DataType:
    return found.value_type if types.is_dictionary(found) else found


def _is_text(found: pa.DataType) -> bool:
    return (
        types.is_string(found)
        or types.is_large_string(found)
        or types.is_string_view(found)
    )


def _is_list(found: pa.DataType) -> bool:
    return (
        types.is_list(found)
        or types.is_large_list(found)
        or types.is_fixed_size_list(found)
    )


def _field_type(struct: pa.StructType, name: str) -> pa.DataType | None:
    for field in struct:
        if field.name.lower() == name.lower():
            return field.type
    return None
