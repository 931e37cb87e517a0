"""The raw tables of RAW.md section 2 that the core marts read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


def _columns(text: str) -> dict[str, str]:
    pairs = (part.split() for part in text.split(","))
    return {name: kind for name, kind in pairs}


@dataclass(frozen=True)
class Table:
    """A raw table: its key, the column whose greatest value wins, its columns."""

    key: str
    version: str
    columns: dict[str, str]

    @property
    def is_log(self) -> bool:
        """Logs lie in hive folders and keep the greatest ``ingested_at``."""
        return self.version == "ingested_at"


TABLES: dict[str, Table] = {
    "player.viewing_log": Table(
        "log_id",
        "ingested_at",
        _columns(
            "log_id string, uno string, profile_id string, device_id string,"
            "device_type string, app_version string, content_id string,"
            "charge_type string, started_at timestamp, ended_at timestamp,"
            "play_seconds int64, ingested_at timestamp, ingest_date date"
        ),
    ),
    "billing.subscription_event": Table(
        "event_id",
        "ingested_at",
        _columns(
            "event_id string, subscription_id string, uno string,"
            "event_type string, product_code string, occurred_at timestamp,"
            "period_start timestamp, period_end timestamp, paid_amount string,"
            "currency string, payment_method string, ingested_at timestamp,"
            "ingest_date date"
        ),
    ),
    "member.account": Table(
        "uno",
        "updated_at",
        _columns(
            "uno string, joined_at timestamp, birth_date date, gender string,"
            "email string, phone string, push_consent bool,"
            "marketing_consent bool, withdrawn_at timestamp, updated_at timestamp"
        ),
    ),
    "member.profile": Table(
        "profile_id",
        "updated_at",
        _columns(
            "profile_id string, uno string, is_kids bool, created_at timestamp,"
            "updated_at timestamp"
        ),
    ),
    "catalog.program": Table(
        "program_id",
        "updated_at",
        _columns(
            "program_id string, title string, title_en string, genre string,"
            "channel string, is_original bool, cast_names string,"
            "synopsis string, first_released_on date, updated_at timestamp"
        ),
    ),
    "catalog.content": Table(
        "content_id",
        "updated_at",
        _columns(
            "content_id string, program_id string, content_type string,"
            "title string, episode_number int64, runtime_seconds int64,"
            "released_at timestamp, updated_at timestamp"
        ),
    ),
    "crm.push_campaign": Table(
        "campaign_id",
        "updated_at",
        _columns(
            "campaign_id string, campaign_name string, program_id string,"
            "segment_name string, message_title string, message_body string,"
            "scheduled_at timestamp, holdout_percent int64, updated_at timestamp"
        ),
    ),
    "crm.push_event": Table(
        "event_id",
        "ingested_at",
        _columns(
            "event_id string, campaign_id string, uno string, event_type string,"
            "occurred_at timestamp, payload string, ingested_at timestamp,"
            "ingest_date date"
        ),
    ),
}
