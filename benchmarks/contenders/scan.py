"""The scan limit: read the columns of the log that viewing_daily needs, nothing else.

No engine that starts from the raw files can be faster. The lengths and the bits are
what it costs least to ask of a column without leaving its values unread.
"""

from __future__ import annotations

import duckdb
from options import Given, parse

TEXTS = (
    "log_id",
    "uno",
    "profile_id",
    "device_id",
    "device_type",
    "content_id",
    "charge_type",
)
INSTANTS = ("started_at", "ended_at", "ingested_at")


def run(given: Given) -> None:
    columns = [f"sum(strlen({name})) as {name}" for name in TEXTS]
    columns += [f"bit_xor(epoch_us({name})) as {name}" for name in INSTANTS]
    columns += ["sum(play_seconds) as play_seconds"]
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select {', '.join(columns)} from read_parquet("
            f"'{given.raw}/player/viewing_log/**/*.parquet')) "
            f"to '{given.out}' (format parquet)"
        )


if __name__ == "__main__":
    run(parse(__doc__))
