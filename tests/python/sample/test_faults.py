"""The sample is as dirty as real logs are, each fault at a small rate."""

from __future__ import annotations

import pytest

from .conftest import Query

# RAW.md section 3: the first reason that matches counts.
PLAY_REASONS = """
    case
        when log_id is null or uno is null or profile_id is null or device_id is null
            or content_id is null or started_at is null or ended_at is null
            or ingested_at is null then 'missing_key'
        when ended_at < started_at then 'end_before_start'
        when ended_at - started_at > interval 24 hour then 'too_long'
        when started_at > ingested_at + interval 10 minute then 'in_the_future'
        when started_at < '2010-12-31 15:00:00+00' then 'before_history'
        when play_seconds is null or play_seconds not between 0 and 86400
            then 'bad_play_seconds'
        when coalesce(trim(charge_type), '') not in ('FREE', 'SVOD', 'TVOD')
            then 'unknown_charge_type'
        when trim(content_id) not in (
            select trim(content_id) from catalog.content where content_id is not null
        ) then 'unknown_content'
    end
"""
EVENT_REASONS = """
    case
        when event_id is null or subscription_id is null or uno is null
            or event_type is null or occurred_at is null or ingested_at is null
            then 'missing_key'
        when trim(event_type) not in
            ('SUBSCRIBE', 'RENEW', 'CHANGE', 'CANCEL', 'REFUND')
            then 'unknown_event_type'
        when occurred_at > ingested_at + interval 10 minute then 'in_the_future'
        when occurred_at < '2010-12-31 15:00:00+00'
            or period_start < '2010-12-31 15:00:00+00' then 'before_history'
        when trim(event_type) = 'CANCEL' then null
        when trim(event_type) <> 'REFUND' and (
            period_start is null or period_end is null or period_end <= period_start
        ) then 'bad_period'
        when trim(event_type) <> 'REFUND' and (
            product_code is null or trim(product_code) = ''
            or product_code = 'GIFT_6M'
        ) then 'unknown_product'
        when trim(event_type) <> 'REFUND' and coalesce(trim(currency), '') <> 'KRW'
            then 'unknown_currency'
        when not regexp_full_match(
            regexp_replace(coalesce(paid_amount, ''), '[ ,원]', '', 'g'),
            '[0-9]{1,12}([.][0-9]{1,2})?'
        ) then 'bad_amount'
    end
"""

PUSH_REASONS = """
    case
        when event_id is null or uno is null or event_type is null
            or occurred_at is null or ingested_at is null then 'missing_key'
        when trim(event_type) not in
            ('CONTROL', 'SENT', 'DELIVERED', 'FAILED', 'OPENED')
            then 'unknown_event_type'
        when occurred_at > ingested_at + interval 10 minute then 'in_the_future'
        when occurred_at < '2010-12-31 15:00:00+00' then 'before_history'
        when coalesce(campaign_id, '') not in (
            select trim(c.campaign_id) from crm.push_campaign as c
        ) then 'unknown_campaign'
    end
"""


def _reasons(query: Query, table: str, reasons: str) -> dict[str | None, int]:
    return dict(query(f"select {reasons} as reason, count(*) from {table} group by 1"))


def test_every_reason_to_refuse_a_play_occurs(query: Query) -> None:
    found = _reasons(query, "player.viewing_log", PLAY_REASONS)
    kept = found.pop(None)
    assert set(found) == {
        *("missing_key", "end_before_start", "too_long", "in_the_future"),
        *("before_history", "bad_play_seconds", "unknown_charge_type"),
        "unknown_content",
    }
    assert sum(found.values()) < 0.02 * kept


def test_every_reason_to_refuse_a_subscription_event_occurs(query: Query) -> None:
    found = _reasons(query, "billing.subscription_event", EVENT_REASONS)
    kept = found.pop(None)
    assert set(found) == {
        *("missing_key", "unknown_event_type", "in_the_future", "before_history"),
        *("bad_period", "unknown_product", "unknown_currency", "bad_amount"),
    }
    assert sum(found.values()) < 0.02 * kept


def test_every_reason_to_refuse_a_push_event_occurs(query: Query) -> None:
    found = _reasons(query, "crm.push_event", PUSH_REASONS)
    kept = found.pop(None)
    assert set(found) == {
        *("missing_key", "unknown_event_type", "in_the_future", "before_history"),
        "unknown_campaign",
    }
    assert sum(found.values()) < 0.02 * kept


@pytest.mark.parametrize(
    "column",
    [
        *("log_id", "uno", "profile_id", "device_id", "content_id"),
        *("started_at", "ended_at", "ingested_at"),
    ],
)
def test_every_key_of_a_play_is_lost_at_times(query: Query, column: str) -> None:
    ((lost, rows),) = query(
        f"select count(*) filter ({column} is null), count(*) from player.viewing_log"
    )
    assert 0 < lost < rows / 1000


def test_a_player_reports_milliseconds(query: Query) -> None:
    ((found,),) = query(
        "select count(*) from player.viewing_log "
        "where play_seconds > 86400 and play_seconds % 1000 = 0"
    )
    assert found > 0


def test_plays_come_late_by_up_to_ten_days(query: Query) -> None:
    rows = query(
        "select ingest_date - cast(started_at + interval 9 hour as date), count(*) "
        "from player.viewing_log where ended_at between started_at and ingested_at "
        "and started_at > '2011-01-01' group by 1"
    )
    per_delay = dict(rows)
    whole = sum(per_delay.values())
    # Of a day's first hours the UTC date is the day before.
    assert min(per_delay) == -1
    within = sum(per_delay[days] for days in (1, 2, 3))
    later = sum(count for days, count in per_delay.items() if days > 3)
    assert 0.005 < within / whole < 0.04
    assert 0 < later < within
    assert max(per_delay) <= 10


def test_plays_are_sent_again_in_three_ways(query: Query) -> None:
    ((copies, counted_on, moved, rows),) = query(
        """
        with pairs as (
            select count(*) as sent, count(distinct started_at) as starts,
                count(distinct play_seconds) as counts,
                count(distinct ingested_at) as arrivals
            from player.viewing_log where log_id is not null group by log_id
        )
        select
            count(*) filter (sent > 1 and starts = 1 and counts = 1 and arrivals = 1),
            count(*) filter (counts > 1 and starts = 1 and arrivals > 1),
            count(*) filter (starts > 1),
            sum(sent)
        from pairs
        """
    )
    assert min(copies, counted_on, moved) > 0
    assert 0.005 < (copies + counted_on + moved) / rows < 0.02


def test_a_play_is_sent_again_into_another_folder(query: Query) -> None:
    ((found,),) = query(
        "select count(*) from (select log_id from player.viewing_log "
        "where log_id is not null group by log_id "
        "having count(distinct ingest_date) > 1)"
    )
    assert found > 0


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("player.viewing_log", "device_type"),
        ("player.viewing_log", "content_id"),
        ("billing.subscription_event", "paid_amount"),
        ("billing.subscription_event", "event_type"),
        ("member.account", "gender"),
        ("catalog.program", "title"),
    ],
)
def test_texts_carry_spaces(query: Query, table: str, column: str) -> None:
    ((found,),) = query(
        f"select count(*) from {table} where {column} <> trim({column})"
    )
    assert found > 0


@pytest.mark.parametrize(
    ("table", "condition"),
    [
        ("player.viewing_log", "device_type is null"),
        ("player.viewing_log", "device_type = ''"),
        ("player.viewing_log", "play_seconds = 0 and started_at = ended_at"),
        ("player.viewing_log", "uno not in (select a.uno from member.account a "
         "where a.uno is not null)"),
        ("member.account", "uno is null"),
        ("member.account", "birth_date is null"),
        ("member.account", "birth_date > current_date"),
        ("member.account", "push_consent is null"),
        ("member.account", "withdrawn_at is not null"),
        ("catalog.program", "program_id is null"),
        ("catalog.content", "trim(content_id) = ''"),
        ("catalog.content", "program_id is null"),
        ("catalog.content", "content_type = 'CLIP'"),
        ("catalog.content", "content_type = 'LIVE' and runtime_seconds is null"),
        ("catalog.content", "content_type = 'LIVE' and runtime_seconds = 0"),
        ("crm.push_event", "not json_valid(payload)"),
        ("search.conversation_turn", "not is_answered"),
        ("platform.jobs", "statement_type = 'SCRIPT'"),
        ("platform.jobs", "total_bytes_billed is null and job_type = 'QUERY'"),
        ("platform.billing_export", "export_time - usage_end_time > interval 1 day"),
        ("slack.message", "bot_id is not null"),
    ],
)  # fmt: skip
def test_what_is_odd_occurs_but_seldom(
    query: Query, table: str, condition: str
) -> None:
    ((found, rows),) = query(
        f"select count(*) filter ({condition}), count(*) from {table}"
    )
    assert 0 < found < 0.4 * rows


def test_one_programme_is_broken_in_the_catalogue(query: Query) -> None:
    rows = query(
        "select program_id, count(*), max(runtime_seconds) from catalog.content "
        "where program_id not in (select p.program_id from catalog.program p "
        "where p.program_id is not null) group by 1"
    )
    assert len(rows) == 1
    _, contents, longest = rows[0]
    assert contents > 5
    assert longest == 0
    ((plays,),) = query(
        f"select count(*) from player.viewing_log v join catalog.content c "
        f"on trim(v.content_id) = c.content_id where c.program_id = '{rows[0][0]}'"
    )
    assert plays > 0
