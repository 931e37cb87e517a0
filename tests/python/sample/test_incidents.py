"""The outage and the double counting of the sample."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from ott.sample import world
from ott.sample.clock import day_number
from ott.sample.play_rows import write_day
from ott.sample.settings import (
    DOUBLE_COUNTING_SINCE,
    DOUBLE_COUNTING_TYPE,
    DOUBLE_COUNTING_UNTIL,
    DOUBLE_COUNTING_VERSION,
    OUTAGE_HOURS,
    OUTAGE_ON,
    Settings,
)

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


def _plays(tmp_path: Path, days: list[date]) -> duckdb.DuckDBPyRelation:
    settings = Settings(accounts=1_500, plays_per_day=3_000)
    known = world.build(settings)
    for day in days:
        write_day(tmp_path, known, day_number(day))
    return duckdb.sql(
        f"select *, started_at at time zone 'UTC' + interval 9 hour as started_kst "
        f"from read_parquet('{tmp_path}/player/viewing_log/*/*.parquet') "
        f"where ended_at - started_at between interval 0 hour and interval 6 hour"
    )


def test_the_outage_leaves_hours_without_plays(tmp_path: Path) -> None:
    plays = _plays(tmp_path, [OUTAGE_ON, OUTAGE_ON + timedelta(days=7)])
    per_hour = dict(
        plays.filter(f"cast(started_kst as date) = '{OUTAGE_ON}'")
        .aggregate("hour(started_kst) as h, count(*) as n")
        .fetchall()
    )
    hours = range(*OUTAGE_HOURS)
    # Re-sent plays may be moved into the hours, by twenty minutes at most.
    assert sum(per_hour.get(hour, 0) for hour in hours) < 5
    assert per_hour[OUTAGE_HOURS[0] - 1] > 50 < per_hour[OUTAGE_HOURS[1]]
    week_after = f"cast(started_kst as date) = '{OUTAGE_ON + timedelta(days=7)}'"
    ((usual,),) = (
        plays.filter(f"{week_after} and hour(started_kst) in {tuple(hours)}")
        .aggregate("count(*)")
        .fetchall()
    )
    assert usual > 300


def _overlapping(plays: duckdb.DuckDBPyRelation) -> dict[tuple[str, str], float]:
    """Return the share of plays that an earlier play of the device covers whole."""
    return {
        (device_type, version): share
        for device_type, version, share in plays.query(
            "plays",
            """
            with covered as (
                select device_type, app_version, ended_at <= max(ended_at) over (
                    partition by uno, profile_id, device_id
                    order by started_at, ended_at, log_id
                    rows between unbounded preceding and 1 preceding
                ) as is_covered
                from plays where log_id is not null
            )
            select device_type, app_version, avg(coalesce(is_covered, false)::int)
            from covered group by all having count(*) > 100
            """,
        ).fetchall()
    }


def test_one_version_of_one_device_type_counts_twice(tmp_path: Path) -> None:
    middle = DOUBLE_COUNTING_SINCE + timedelta(days=20)
    shares = _overlapping(_plays(tmp_path, [middle, middle + timedelta(days=1)]))
    double = shares.pop((DOUBLE_COUNTING_TYPE, DOUBLE_COUNTING_VERSION))
    assert double > 0.45
    # A heavy viewer alone makes overlaps, but not on every play.
    assert max(shares.values()) < 0.25


@pytest.mark.parametrize(
    "day",
    [
        DOUBLE_COUNTING_SINCE - timedelta(days=1),
        DOUBLE_COUNTING_UNTIL + timedelta(days=1),
    ],
)
def test_the_double_counting_begins_and_ends(tmp_path: Path, day: date) -> None:
    shares = _overlapping(_plays(tmp_path, [day]))
    # A heavy viewer alone makes overlaps, but not on every play.
    assert max(shares.values()) < 0.25
