"""Dense, adversarial random raw data, and its Parquet files as of RAW.md section 1."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from hypothesis import strategies as st

from .contract import TABLES, Row
from .generate_billing import subscription_events
from .generate_common import BASE, RUN_DATE, TEXTS, decorate, kst_midnight
from .generate_plays import CONTENTS, viewing_logs
from .generate_pushes import CAMPAIGNS, push_events

__all__ = ["BASE", "RUN_DATE", "random_raw", "raw_data", "write_raw"]

# p404 has no row in catalog.program.
PROGRAMS = ("p1", "p1", "p1", "p2", "p2", "p2", "p3", "p404", None)
CONTENT_TYPES = ("VOD",) * 6 + ("MOVIE",) * 3 + ("LIVE", "CLIP", None)
RUNTIMES = (None, 0, 1, 33, 34, 100, 3600)
ARROW = {
    "string": pa.string(),
    "int64": pa.int64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
}


def random_raw(
    seed: int,
    plays: int = 150,
    events: int = 60,
    history_start_date: date | str = date(2011, 1, 1),
) -> dict[str, list[Row]]:
    """Eight raw tables of a handful of accounts; the same seed gives the same rows.

    Timestamps are UTC without a mark. ``RUN_DATE`` fits: some rows come after it.
    """
    rng = Random(seed)
    unos = [f"u{number}" for number in range(1, rng.choice((2, 4, 4, 5)) + 1)]
    billing = subscription_events(rng, unos, events, history_start_date)
    return {
        "billing.subscription_event": billing,
        "player.viewing_log": viewing_logs(
            rng, unos, plays, billing, history_start_date
        ),
        "member.account": _changes("member.account", unos, rng),
        "member.profile": _changes(
            "member.profile", [f"{u}-{n}" for u in unos for n in (1, 2)], rng
        ),
        "catalog.program": _changes("catalog.program", ["p1", "p2", "p3"], rng),
        "catalog.content": _changes("catalog.content", list(CONTENTS), rng),
        "crm.push_campaign": _changes("crm.push_campaign", list(CAMPAIGNS), rng),
        "crm.push_event": push_events(rng, unos, events, history_start_date),
    }


def raw_data(max_plays: int = 150, max_events: int = 60) -> st.SearchStrategy:
    """Hypothesis strategy of raw data; sizes shrink, the seed names the rows."""
    return st.builds(
        random_raw,
        seed=st.integers(0, 2**32 - 1),
        plays=st.integers(0, max_plays),
        events=st.integers(0, max_events),
    )


def _changes(name: str, keys: list[str], rng: Random) -> list[Row]:
    """One to three versions of each key, often with the same ``updated_at``."""
    rows = []
    for key in [*keys, None]:
        for _ in range(rng.choice((1, 1, 2, 3)) if key else rng.randrange(2)):
            row = {
                column: _value(column, kind, rng)
                for column, kind in TABLES[name].columns.items()
            }
            rows.append(decorate(name, row | {TABLES[name].key: key}, rng))
    if rows and rng.random() < 0.7:
        rows.append(dict(rng.choice(rows)))
    rng.shuffle(rows)
    return rows


def _value(column: str, kind: str, rng: Random):
    """A value of a descriptive column."""
    updates = [kst_midnight(BASE) + timedelta(hours=hour) for hour in (0, 0, 1)]
    special = {
        "program_id": PROGRAMS,
        "content_type": CONTENT_TYPES,
        "runtime_seconds": RUNTIMES,
        "updated_at": (*updates, None),
        "uno": ("u1", "u2", None),
        "scheduled_at": (kst_midnight(BASE) + timedelta(hours=12), None),
        "holdout_percent": (0, 10, 50, 100, None),
        "segment_name": ("win_back", None),
    }
    if column in special:
        return rng.choice(special[column])
    plain = {
        "string": TEXTS,
        "int64": (0, 1, 2, None),
        "bool": (True, False, None),
        "date": (date(1990, 2, 28), date(2024, 2, 29), None),
        "timestamp": (datetime(2020, 1, 1), datetime(2024, 3, 3, 15), None),
    }
    return rng.choice(plain[kind])


def write_raw(raw: dict[str, list[Row]], directory: Path) -> None:
    """Write all tables under ``directory`` as ``<system>/<table>/**.parquet``.

    Logs lie in hive folders, some files a folder deeper, below it or above; every
    other file carries the UTC mark. An empty table is one file without rows.
    """
    for name, table in TABLES.items():
        folder = Path(directory, *name.split("."))
        rows = raw.get(name, [])
        groups: dict[str, list[Row]] = {}
        for row in rows:
            groups.setdefault(_folder(row, table.is_log), []).append(row)
        if not groups:
            empty = {"ingest_date": BASE}
            groups[_folder(empty, table.is_log)] = []
        parts = [
            (folder / sub, part)
            for sub, own in sorted(groups.items())
            for part in ([own[::2], own[1::2]] if len(own) > 3 else [own])
        ]
        for number, (where, part) in enumerate(parts):
            _write(name, part, where, number)


def _folder(row: Row, is_log: bool) -> str:
    return f"ingest_date={row['ingest_date'].isoformat()}" if is_log else "."


def _write(name: str, rows: list[Row], folder: Path, number: int) -> None:
    columns = dict(TABLES[name].columns)
    if TABLES[name].is_log:
        del columns["ingest_date"]  # the folder says it
    mark = "UTC" if number % 2 else None
    schema = pa.schema(
        (column, ARROW.get(kind, pa.timestamp("us", tz=mark)))
        for column, kind in columns.items()
    )
    if number % 3 == 2:
        folder = folder / f"batch_{number}"
    elif number % 5 == 4:
        folder = folder.parent / f"batch_{number}" / folder.name
    folder.mkdir(parents=True, exist_ok=True)
    data = [{column: row.get(column) for column in columns} for row in rows]
    pq.write_table(
        pa.Table.from_pylist(data, schema=schema), folder / f"part-{number}.parquet"
    )
