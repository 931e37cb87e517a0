"""Puts the raw tables and the pepper into the emulator, as a company's loader would."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery

from ott.contract import Table, kept_tables, split_type, struct_fields, tables
from ott.raw_tables import find_files, select_sql

PROJECT = "ott-proof"
LOAD_SECONDS = 300
# Retries would only hide for ten minutes that the emulator is gone.
NO_RETRY: Any = None
# Names of the load interface, which are older than those of SQL.
TYPES = {
    "string": "STRING",
    "int64": "INTEGER",
    "bool": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "float64": "FLOAT",
}


def client(url: str, project: str = PROJECT) -> bigquery.Client:
    """Return Google's client for an emulator."""
    return bigquery.Client(
        project=project,
        credentials=AnonymousCredentials(),
        client_options={"api_endpoint": url},
    )


def load_raw(
    bq: bigquery.Client,
    raw: Path,
    wanted: Iterable[Table] | None = None,
    on_table: Callable[[Table], None] = lambda table: None,
) -> int:
    """Load raw tables of the contract, each into `raw_<system>.<table>`.

    Args:
        bq: client of the emulator.
        raw: raw folder.
        wanted: tables to load; if none are given all of the contract, and those that
            runs keep, which a proof finds among the raw ones.
        on_table: called after each table.

    Returns:
        How many rows were loaded.
    """
    rows = 0
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        for table in wanted if wanted is not None else (*tables(), *kept_tables()):
            found = con.execute(select_sql(find_files(raw, table))).to_arrow_table()
            bq.create_dataset(f"{bq.project}.{table.schema}", True, retry=NO_RETRY)
            with io.BytesIO() as buffer:
                pq.write_table(found, buffer)
                rows += _load(bq, f"{table.schema}.{table.name}", buffer, table.columns)
            on_table(table)
    return rows


def load_pepper(bq: bigquery.Client, pepper: str) -> None:
    """Create the table `secret.pepper`; a load, so that no SQL holds the pepper."""
    bq.create_dataset(f"{bq.project}.secret", True, retry=NO_RETRY)
    found = duckdb.execute("select ? as pepper", [pepper]).to_arrow_table()
    with io.BytesIO() as buffer:
        pq.write_table(found, buffer)
        _load(bq, "secret.pepper", buffer, {"pepper": "string"})


def _load(
    bq: bigquery.Client, name: str, parquet: io.BytesIO, columns: dict[str, str]
) -> int:
    # the schema is the contract's: the emulator can't find out that of a Parquet file
    config = bigquery.LoadJobConfig(
        source_format=bigquery.SourceFormat.PARQUET,
        write_disposition=bigquery.WriteDisposition.WRITE_TRUNCATE,
        schema=[_field(column, type_) for column, type_ in columns.items()],
    )
    parquet.seek(0)
    job = bq.load_table_from_file(
        parquet, f"{bq.project}.{name}", job_config=config, num_retries=0
    )
    job.result(retry=NO_RETRY, timeout=LOAD_SECONDS)
    return int(job.output_rows or 0)


def _field(name: str, data_type: str, mode: str = "NULLABLE") -> bigquery.SchemaField:
    outer, inner = split_type(data_type)
    if outer == "array":
        return _field(name, inner, "REPEATED")
    if outer == "struct":
        fields = [_field(part, type_) for part, type_ in struct_fields(inner)]
        return bigquery.SchemaField(name, "RECORD", mode, fields=fields)
    return bigquery.SchemaField(name, TYPES[outer], mode)
