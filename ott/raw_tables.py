"""Raw tables on DuckDB: where their Parquet files lie and the SQL that reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from ott.contract import PROJECT_DIR, Table, duckdb_type
from ott.errors import UserError

DEFAULT_RAW_PATH = "data/raw"
# Microseconds since 1970 of the first and the last instant that BigQuery knows.
FIRST_MICROS = -62_135_596_800_000_000
LAST_MICROS = 253_402_300_799_999_999
INGEST_FOLDER = re.compile(r"ingest_date=([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True)
class RawFiles:
    """The Parquet files of one raw table in the order in which DuckDB reads them."""

    table: Table
    folder: Path
    files: tuple[Path, ...]

    def ingest_date(self, path: Path) -> date | None:
        """Return the date of the `ingest_date=` folder that holds a file, if valid."""
        for part in path.relative_to(self.folder).parts[:-1]:
            if match := INGEST_FOLDER.fullmatch(part):
                try:
                    return date.fromisoformat(match.group(1))
                except ValueError:
                    return None
        return None

    def since(self, day: date | None) -> tuple[Path, ...]:
        """Return the files of a log that arrived on a day or later, and its first."""
        if day is None or not self.table.is_log:
            return self.files
        later = [
            path for path in self.files if (self.ingest_date(path) or date.max) >= day
        ]
        return tuple(dict.fromkeys([*self.files[:1], *later]))

    def stray(self) -> tuple[Path, ...]:
        """Return the files of a log that lie in no valid `ingest_date=` folder."""
        if not self.table.is_log:
            return ()
        return tuple(path for path in self.files if self.ingest_date(path) is None)

    def others(self) -> list[Path]:
        """Return what lies in the folder and is not read, links to folders included.

        What is hidden is left out, as is all below it: names beginning with . or _.
        """
        known = set(self.files)
        found = []
        for parent, folders, files in os.walk(self.folder):
            here = Path(parent)
            folders[:] = [name for name in folders if not name.startswith((".", "_"))]
            links = [name for name in folders if (here / name).is_symlink()]
            found += [
                here / name
                for name in [*links, *files]
                if not name.startswith((".", "_")) and here / name not in known
            ]
        return sorted(found)


def raw_path() -> Path:
    """Return the raw folder that `OTT_RAW_PATH` names, as an absolute path."""
    given = os.environ.get("OTT_RAW_PATH")
    return Path(given).resolve() if given else PROJECT_DIR / DEFAULT_RAW_PATH


def find_files(root: Path, table: Table) -> RawFiles:
    """Find the Parquet files under `root/<system>/<table>/`, at any depth."""
    folder = root / table.system / table.name
    if "\\" in str(folder):
        files = sorted(path for path in folder.rglob("*.parquet") if path.is_file())
    else:
        with duckdb.connect() as connection:
            listed = connection.execute(
                "select file from glob(?)", [_pattern(folder)]
            ).fetchall()
        files = [Path(path) for (path,) in listed]
    return RawFiles(table, folder, tuple(files))


def select_sql(found: RawFiles) -> str:
    """Return the query that reads a raw table with the types of the contract.

    A table without files gives no rows, so that a system that a company lacks does not
    break the build of the others. DuckDB takes the types of the first file and reads
    the others by column name; `check-raw` refuses files that it would read wrongly.

    Raises:
        UserError: a file with rows lies outside the `ingest_date=` folders of a log.
    """
    table = found.table
    stray = set(found.stray())
    for path in sorted(stray):
        if _has_rows(path):
            raise UserError(
                f"{path}: a file of the log {table} must lie in a folder "
                "ingest_date=YYYY-MM-DD. Move it into the folder of the day it arrived."
            )
    files = [path for path in found.files if path not in stray]
    if not files:
        columns = ",\n".join(
            f"cast(null as {duckdb_type(data_type)}) as {name}"
            for name, data_type in table.columns.items()
        )
        return f"select {columns} where false"
    instants = _instants(files[0])
    columns = ",\n".join(
        f"{_read(name, data_type, name in instants)} as {name}"
        for name, data_type in table.columns.items()
    )
    options = (
        "hive_partitioning = true, hive_types = {'ingest_date': date}"
        if table.is_log
        else "hive_partitioning = false"
    )
    # A pattern keeps the view short, but it cannot leave files out.
    if stray or "\\" in str(found.folder):
        source = f"[{', '.join(_quoted(_escaped(path)) for path in files)}]"
    else:
        source = _quoted(_pattern(found.folder))
    return f"select {columns} from read_parquet({source}, {options})"


def read_rows(
    connection: duckdb.DuckDBPyConnection, path: Path, columns: Iterable[str]
) -> None:
    """Read columns of every row of a file, as a build does.

    Raises:
        duckdb.Error: a part of the file cannot be read.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    connection.execute(
        f"select max(hash({names or 1})) from read_parquet"
        f"([{_quoted(_escaped(path))}], hive_partitioning = false)"
    ).fetchall()


def _instants(path: Path) -> set[str]:
    """Return the columns of a file that are timestamps, in lower case."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    return {
        field.name.lower()
        for field in pq.read_schema(path)
        if pa.types.is_timestamp(field.type)
    }


def _read(name: str, data_type: str, is_instant: bool) -> str:
    """Return the expression that reads a column with the type of the contract.

    A Parquet timestamp reaches from 290,000 BC to infinity, BigQuery's from the year 1
    to 9999. What lies outside is null, as in a load into BigQuery; differences of such
    instants would overflow and fail the build.
    """
    if data_type != "timestamp":
        return f"cast({name} as {duckdb_type(data_type)})"
    if not is_instant:
        # a column without a value has no type of its own
        return f"cast({name} as timestamp)"
    # microseconds rather than a cast: from a marked timestamp that would ask the time
    # zone library, at ten times the cost, and fail outside its range
    micros = f"epoch_us({name})"
    return (
        f"case when {micros} between {FIRST_MICROS} and {LAST_MICROS} "
        f"then make_timestamp({micros}) end"
    )


def _pattern(folder: Path) -> str:
    """Return DuckDB's pattern of all Parquet files below a folder.

    In a pattern, DuckDB takes a backslash for the end of a folder's name: a folder
    with one in its name is listed instead.
    """
    return f"{_escaped(folder)}/**/*.parquet"


def _escaped(path: Path) -> str:
    """Return a path whose letters stand for themselves in a pattern of DuckDB."""
    return re.sub(r"[*?\[]", r"[\g<0>]", str(path))


def _has_rows(path: Path) -> bool:
    import pyarrow.parquet as pq

    return bool(pq.read_metadata(path).num_rows)


def _quoted(path: str) -> str:
    return "'" + path.replace("'", "''") + "'"


def partition_keys(path: Path, folder: Path) -> tuple[str, ...]:
    """Return the keys of the `key=value` folders between a folder and a file."""
    parts = path.relative_to(folder).parts[:-1]
    return tuple(part.partition("=")[0] for part in parts if "=" in part)
