"""The columns that raw files were seen to have, kept so that a change has a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from ott.contract import Table
from ott.errors import UserError
from ott.quality.kept import keep, kept_path
from ott.raw_footer import Footer
from ott.raw_tables import RawFiles
from ott.raw_types import is_accepted, type_name

TABLE = "raw_column"
# What a column of the contract is in a file that lacks it.
ABSENT = "absent"
KEY = ("system_name", "table_name", "column_name", "data_type", "contract_type")

Row = dict[str, Any]


def seen_columns(
    found: RawFiles, footers: Iterable[Footer], today: date
) -> Iterator[Row]:
    """Yield a row for each column and type of the files, and each that they lack.

    Args:
        found: the files of a raw table.
        footers: footers of those that were looked into.
        today: when they were looked into; a log's file is dated by its arrival instead.
    """
    contract = contract_types(found.table)
    # years of files have few schemas, and every run looks at all of them
    days_of: dict[tuple[tuple[str, pa.DataType], ...], list[date]] = {}
    for footer in footers:
        day = found.ingest_date(footer.path) if found.table.is_log else today
        if day is not None:
            days_of.setdefault(tuple(footer.types.items()), []).append(day)
    for schema, days in days_of.items():
        types = dict(schema)
        for name in {*contract, *types} - {"ingest_date"}:
            found_type, expected = types.get(name), contract.get(name)
            shown = ABSENT if found_type is None else type_name(found_type)
            # a file without a value of a column may not say its type
            if shown == "null":
                continue
            yield {
                "system_name": found.table.system,
                "table_name": found.table.name,
                "column_name": name,
                "data_type": shown,
                "contract_type": expected,
                "is_expected": bool(
                    found_type is not None
                    and expected is not None
                    and is_accepted(expected, found_type)
                ),
                "first_seen_date": min(days),
                "last_seen_date": max(days),
            }


def contract_types(table: Table) -> dict[str, str]:
    """Return the types of a table's columns by their lower-case names."""
    return {name.lower(): data_type for name, data_type in table.columns.items()}


def merged(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return one row per column and type, from the first to the last date seen."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        one = found.setdefault(tuple(row[name] for name in KEY), dict(row))
        one["is_expected"] = row["is_expected"]
        one["first_seen_date"] = min(one["first_seen_date"], row["first_seen_date"])
        one["last_seen_date"] = max(one["last_seen_date"], row["last_seen_date"])
    return [found[key] for key in sorted(found, key=str)]


def keep_columns(rows: Iterable[Row], database: Path) -> int:
    """Add what was seen to what earlier runs on a database saw; return the rows kept.

    Raises:
        UserError: what is kept cannot be read or written.
    """
    import pyarrow.parquet as pq

    root = kept_path(database)
    path = root / "quality" / TABLE / f"{TABLE}s.parquet"
    try:
        before = pq.read_table(path).to_pylist() if path.exists() else []
    except (OSError, pa.ArrowException) as error:
        raise UserError(
            f"{path} cannot be read: {str(error).splitlines()[0]}. It holds which "
            "columns earlier runs saw; remove it to begin anew."
        ) from None
    return keep(root, TABLE, path.stem, merged([*before, *rows]))


def columns_on_bigquery(
    catalog: Mapping[str, Any], sources: Mapping[str, Any], day: date
) -> Iterator[Row]:
    """Yield a row for each column of a raw table on BigQuery and each that it lacks.

    Args:
        catalog: `sources` of dbt's catalog.json: what `dbt docs generate` found.
        sources: sources of manifest.json, by id: what the contract declares.
        day: when the catalog was made.
    """
    for id_, source in sources.items():
        if id_ not in catalog or not str(source["schema"]).startswith("raw_"):
            continue
        found = {
            name.lower(): _plain(column["type"])
            for name, column in catalog[id_]["columns"].items()
        }
        contract = {
            name.lower(): _plain(column["data_type"])
            for name, column in source["columns"].items()
        }
        for name in {*found, *contract}:
            expected = contract.get(name)
            yield {
                "system_name": source["source_name"],
                "table_name": source["name"],
                "column_name": name,
                "data_type": found.get(name, ABSENT),
                "contract_type": expected,
                "is_expected": found.get(name) == expected,
                "first_seen_date": day,
                "last_seen_date": day,
            }


def _plain(data_type: str) -> str:
    return ", ".join(part.strip() for part in data_type.lower().split(","))
