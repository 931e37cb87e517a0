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
