"""What one sample is: its parameters, their defaults, and the dates it plays with."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

SAMPLE_START = date(2025, 4, 21)
SAMPLE_END = date(2026, 6, 19)
SAMPLE_ACCOUNTS = 9_000
SAMPLE_PLAYS_PER_DAY = 900
SAMPLE_SEED = 7

SERVICE_LAUNCH = date(2023, 1, 2)
HORIZON = date(2027, 12, 31)

BILLING_DAILY_SINCE = date(2025, 4, 1)
PRICE_RISE_ON = date(2025, 11, 1)
OUTAGE_ON = date(2025, 11, 12)
OUTAGE_HOURS = (13, 18)
DOUBLE_COUNTING_TYPE = "SMART_TV"
DOUBLE_COUNTING_VERSION = "5.2.0"
DOUBLE_COUNTING_SINCE = date(2025, 9, 1)
DOUBLE_COUNTING_UNTIL = date(2025, 10, 5)


@dataclass(frozen=True)
class Settings:
    """Parameters of a sample.

    ``start`` and ``end`` are KST days, both included; they choose which days are
    written and change no row. ``accounts`` is the number of accounts opened by
    ``SAMPLE_END``; more open after it at the same pace. ``plays_per_day`` is the
    average over a year, before duplicates.
    """

    start: date = SAMPLE_START
    end: date = SAMPLE_END
    accounts: int = SAMPLE_ACCOUNTS
    plays_per_day: int = SAMPLE_PLAYS_PER_DAY
    seed: int = SAMPLE_SEED

    def as_json(self) -> dict[str, str | int]:
        """Return the parameters as JSON can hold them."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }
