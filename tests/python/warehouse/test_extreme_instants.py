"""Instants that BigQuery can't hold are refused, and never fail a build."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ott.bigquery.duckdb_build import build
from raw_folder import write_tiny_raw

INT64_MAX = 2**63 - 1


@pytest.mark.parametrize(
    ("started_at", "ended_at"),
    [
        (0, INT64_MAX),
        (0, INT64_MAX - 1),
        (-9 * 10**18, 9 * 10**18),
        (-(2**63) + 1, 0),
        (-62_135_596_800_000_001, 0),
        (0, 253_402_300_800_000_000),
    ],
)
def test_an_instant_out_of_range_is_a_missing_one(
    compiled, tmp_path: Path, started_at: int, ended_at: int
) -> None:
    raw = write_tiny_raw(tmp_path / "raw")
    con = build(compiled(), raw, "pepper")
    before = reconciled(con)
    con.close()

    file = sorted((raw / "player" / "viewing_log").rglob("*.parquet"))[0]
    table = pq.read_table(file, partitioning=None)
    row = table.slice(0, 1)
    for name, value in (("started_at", started_at), ("ended_at", ended_at)):
        kind = table.schema.field(name).type
        position = table.schema.get_field_index(name)
        column = pa.array([value], pa.int64()).cast(kind)
        row = row.set_column(position, table.schema.field(name), column)
    pq.write_table(row, file.with_name("extreme.parquet"))

    con = build(compiled(), raw, "pepper")
    raw_rows, kept, duplicate, quarantined = reconciled(con)
    reasons = con.execute(
        "select quarantine_reason from warehouse.quarantine_player"
    ).fetchall()
    con.close()
    assert (raw_rows, kept, duplicate, quarantined) == (
        before[0] + 1,
        before[1],
        before[2],
        before[3] + 1,
    )
    assert ("missing_key",) in reasons


def reconciled(con) -> tuple[int, ...]:
    return con.execute(
        "select raw_rows, kept_rows, duplicate_rows, quarantined_rows "
        "from marts.log_reconciliation where table_name = 'viewing_log'"
    ).fetchone()
