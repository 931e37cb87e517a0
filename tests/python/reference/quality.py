"""Nothing is lost: where each raw row ended (DOMAIN.md section 7)."""

from __future__ import annotations

from collections import Counter

from .contract import Row
from .instants import kst_day
from .raw import Judged


def log_reconciliation(judged: dict[str, Judged], run_day: int) -> list[Row]:
    """One row per source table: raw = kept + duplicate + quarantined.

    A reference is always a full build, which takes every play of a closed day: kept
    plays of the days after ``run_day`` wait. The other tables are always read whole.
    """
    rows = []
    for name in sorted(judged):
        system, table = name.split(".")
        result = judged[name]
        rows.append(
            {
                "system": system,
                "table_name": table,
                "raw_rows": result.raw_rows,
                "kept_rows": len(result.kept),
                "duplicate_rows": len(result.duplicates),
                "quarantined_rows": len(result.quarantined),
                "waiting_rows": sum(
                    kst_day(row["started_at"]) > run_day
                    for row in result.kept.values()
                    if name == "player.viewing_log"
                ),
            }
        )
    return rows


def log_quarantine_reasons(judged: dict[str, Judged]) -> list[Row]:
    """One row per source table and reason that occurred."""
    rows = []
    for name in sorted(judged):
        system, table = name.split(".")
        counts = Counter(reason for reason, _ in judged[name].quarantined)
        for reason in sorted(counts):
            rows.append(
                {
                    "system": system,
                    "table_name": table,
                    "reason": reason,
                    "quarantined_rows": counts[reason],
                }
            )
    return rows
