"""Push events of the random data: few accounts and campaigns, so that all meets."""

from __future__ import annotations

from datetime import date
from random import Random

from .contract import Row
from .generate_common import (
    TEXTS,
    arrival,
    decorate,
    history_borders,
    ingest_date,
    instant,
    resend,
)

NAME = "crm.push_event"
CAMPAIGNS = ("k1", "k2", "k3")
TYPES = ("CONTROL", *("SENT",) * 3, "DELIVERED", "DELIVERED", "FAILED", "OPENED")
PAYLOADS = (
    '{"os": "ios", "variant": "A"}',
    '{"reason": "TOKEN_EXPIRED", "os": "android", "variant": "B"}',
    '{"reason": "NETWORK"}',
    '{"reason": "TOKEN_EX',
    "[]",
    "",
    None,
)


def push_events(
    rng: Random, unos: list[str], count: int, history_start: date | str
) -> list[Row]:
    """About ``count`` events, some of accounts that no other table names."""
    rows = [_event(rng, [*unos, "nobody"], number) for number in range(count)]
    recent = len(rows)
    if count >= 20:
        for at in history_borders(history_start):
            rows.append(_event(rng, unos, len(rows)) | {"occurred_at": at})
    rows = [decorate(NAME, row, rng) for row in rows]
    for row in rng.sample(rows, len(rows) // 40):
        row["event_type"] = rng.choice(("CLICKED", "sent", "SENT ", "OPENED"))
    rows += resend(rows[:recent], 0.12, _change, rng)
    rng.shuffle(rows)
    return rows


def _event(rng: Random, unos: list[str], number: int) -> Row:
    occurred = instant(rng)
    row: Row = {
        "event_id": f"x{number:03d}",
        "campaign_id": rng.choice((*CAMPAIGNS * 6, "gone")),
        "uno": rng.choice(unos),
        "event_type": rng.choice(TYPES),
        "occurred_at": occurred,
        "payload": rng.choice(PAYLOADS),
        "ingested_at": arrival(occurred, rng),
    }
    return row | {"ingest_date": ingest_date(row, rng)}


def _change(row: Row, rng: Random) -> None:
    """Change one column of a copy."""
    column = rng.choice(("campaign_id", "event_type", "payload"))
    choices = {
        "campaign_id": CAMPAIGNS,
        "event_type": TYPES,
        "payload": (*PAYLOADS, *TEXTS),
    }
    row[column] = rng.choice(choices[column])
