"""Small Parquet files beside the database: what a run saw and later runs tell.

A database can be built again from the raw logs, what a test said last month cannot. So
it lies beside the file, in `<database>.kept/<system>/<table>/`, and outlives it. On
BigQuery the same files are loaded into the tables `kept_<system>.<table>`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ott.contract import Table, kept_tables
from ott.errors import UserError

ARROW_TYPES = {
    "string": "string",
    "int64": "int64",
    "float64": "float64",
    "bool": "bool_",
}


def kept_path(database: Path) -> Path:
    """Return the folder of what runs on a database keep."""
    return database.with_name(f"{database.name}.kept")


def keep(
    root: Path, table_name: str, file_name: str, rows: Iterable[Mapping[str, Any]]
) -> int:
    """Write rows as one file, whole or not at all; the same name replaces it.

    Args:
        root: folder of what is kept.
        table_name: table of the contract, such as `check_result`.
        file_name: name of the file without its ending, such as the id of a run.
        rows: what to keep; without a row nothing is written.

    Raises:
        UserError: the folder cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = kept_table(table_name)
    schema = pa.schema((name, _arrow(kind)) for name, kind in table.columns.items())
    found = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
    if not found.num_rows:
        return 0
    folder = root / table.system / table.name
    target = folder / f"{file_name}.parquet"
    # names that begin with a point are not read
    part = folder / f".{file_name}.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(found, part, compression="zstd")
        os.replace(part, target)
    except OSError as error:
        raise UserError(
            f"{target} cannot be written: {error.strerror or error}. It keeps what the "
            "run saw; choose a database in a folder that you may write and has room."
        ) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return int(found.num_rows)


def kept_table(name: str) -> Table:
    """Return a kept table of the contract by its name."""
    return next(table for table in kept_tables() if table.name == name)


def _arrow(kind: str) -> Any:
    import pyarrow as pa

    if kind == "timestamp":
        return pa.timestamp("us")
    return pa.date32() if kind == "date" else getattr(pa, ARROW_TYPES[kind])()
