"""What dbt-duckdb needs to stand in for BigQuery: a type, two functions, raw tables.

`profiles.yml` names this module under `plugins`; dbt-duckdb loads it at each
connection.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pyarrow as pa
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError
from duckdb.func import FunctionNullHandling, PythonUDFType

from ott.contract import kept_tables, tables
from ott.environment import pepper
from ott.errors import UserError
from ott.quality.kept import kept_path
from ott.raw_tables import find_files, raw_path, select_sql


class Plugin(BasePlugin):
    """Prepares every DuckDB connection that dbt opens."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Add the type `float64`, the hash functions and the raw tables as views."""
        conn.execute("create type if not exists float64 as double")
        try:
            create_hash_functions(conn, pepper())
            create_raw_views(conn)
        except UserError as error:
            # dbt shows its own kind of error without a traceback
            raise DbtRuntimeError(error.message) from None


def create_hash_functions(conn: duckdb.DuckDBPyConnection, secret: str) -> None:
    """Register `sha512_hex(text)` and `hash_account(uno)`, lower-case hexadecimal.

    DuckDB has no SHA-512 of its own. The pepper lives in the function, so that no SQL
    that dbt compiles, logs or stores ever holds it.
    """

    def digest(prefix: bytes, values: pa.ChunkedArray) -> pa.Array:
        return pa.array(
            None
            if value is None
            else hashlib.sha512(prefix + value.encode()).hexdigest()
            for value in values.to_pylist()
        )

    def sha512_hex(values: pa.ChunkedArray) -> pa.Array:
        return digest(b"", values).cast(pa.string())

    def hash_account(values: pa.ChunkedArray) -> pa.Array:
        return digest(secret.encode(), values).cast(pa.string())

    for name, function in (("sha512_hex", sha512_hex), ("hash_account", hash_account)):
        conn.create_function(
            name,
            function,
            ["varchar"],
            "varchar",
            type=PythonUDFType.ARROW,
            null_handling=FunctionNullHandling.SPECIAL,
        )


def create_raw_views(conn: duckdb.DuckDBPyConnection) -> None:
    """Create or replace a view for each raw table, named as on BigQuery.

    What earlier runs kept lies beside the database file.
    """
    file = conn.execute(
        "select path from duckdb_databases() where database_name = current_database()"
    ).fetchone()
    kept = kept_path(Path(file[0])) if file and file[0] else None
    for table in (*tables(), *kept_tables()):
        root = kept or Path() if table.is_kept else raw_path()
        conn.execute(f"create schema if not exists {table.schema}")
        conn.execute(
            f"create or replace view {table.schema}.{table.name} as "
            f"{select_sql(find_files(root, table))}"
        )
