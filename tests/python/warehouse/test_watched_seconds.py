"""The interval SQL against a reference that ticks off each second of a device."""

from __future__ import annotations

from datetime import datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ott.bigquery.duckdb_build import DATABASE

NOON = datetime(2024, 3, 1, 12)  # a closed day, as of RUN_DATE

PLAY = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 60))
PLAYS = st.lists(PLAY, max_size=12)


def watched_by_ticking(plays: list[tuple[int, int, int]]) -> list[tuple[int, ...]]:
    """Return (interval, watched, overlap, excess) seconds for each play.

    A play is (start, length, play_seconds) in whole seconds, its number is its log id.
    """
    order = sorted(
        range(len(plays)),
        key=lambda i: (plays[i][0], plays[i][0] + plays[i][1], f"{i:04}"),
    )
    latest, result = 0, {}
    for i in order:
        start, length, reported = plays[i]
        # uncovered is what lies after the latest end so far, not every free second
        uncovered = [s for s in range(start, start + length) if s >= latest]
        watched = min(reported, len(uncovered))
        result[i] = (
            length,
            watched,
            min(reported, length) - watched,
            reported - min(reported, length),
        )
        latest = max(latest, start + length)
    return [result[i] for i in range(len(plays))]


@pytest.fixture(scope="module")
def watched_sql(compiled) -> tuple[str, str, str]:
    models = {model.name: model for model in compiled().of_kind("model")}
    return (
        models["int_restricted__watched_plays"].sql,
        models["int_restricted__viewing_logs_judged"].relation,
        models["int_restricted__resent_viewing_logs"].relation,
    )


def watched_by_sql(
    sql: tuple[str, str, str],
    plays: list[tuple[int, int, int]],
    scale: timedelta,
    order: list[int] | None = None,
) -> list[tuple[int, ...]]:
    query, judged, resent = sql
    con = duckdb.connect()
    con.execute(f"attach ':memory:' as {DATABASE}")
    con.execute(f"create schema {DATABASE}.restricted")
    con.execute(
        f"create table {judged} (log_id varchar, uno varchar, profile_id varchar, "
        "device_id varchar, device_type varchar, app_version varchar, "
        "content_id varchar, charge_type varchar, started_at timestamp, "
        "ended_at timestamp, play_seconds bigint, quarantine_reason varchar)"
    )
    # every play arrived once
    con.execute(
        f"create table {resent} as "
        f"select *, 'kept' as outcome from {judged} where false"
    )
    for i in order or range(len(plays)):
        start, length, reported = plays[i]
        con.execute(
            f"insert into {judged} values "
            "(?, 'u', 'p', 'd', 'TV', '1', 'c', 'SVOD', ?, ?, ?, null)",
            [
                f"{i:04}",
                NOON + start * scale,
                NOON + (start + length) * scale,
                reported,
            ],
        )
    rows = con.execute(
        "select interval_seconds, watched_seconds, overlap_seconds, excess_seconds "
        f"from ({query}) order by log_id"
    ).fetchall()
    con.close()
    return rows


@settings(max_examples=150, deadline=None)
@given(plays=PLAYS)
def test_watched_seconds_are_those_that_no_earlier_play_covers(
    watched_sql, plays
) -> None:
    rows = watched_by_sql(watched_sql, plays, timedelta(seconds=1))
    assert rows == watched_by_ticking(plays)


@settings(max_examples=100, deadline=None)
@given(plays=PLAYS)
def test_watched_never_exceeds_the_union(watched_sql, plays) -> None:
    scale = timedelta(milliseconds=700)
    rows = watched_by_sql(watched_sql, plays, scale)
    union = {
        tick for start, length, _ in plays for tick in range(start, start + length)
    }
    assert sum(row[1] for row in rows) <= len(union) * 0.7
    for (_, _, reported), (_, watched, overlap, excess) in zip(
        plays, rows, strict=True
    ):
        assert reported == watched + overlap + excess
        assert min(watched, overlap, excess) >= 0


@settings(max_examples=50, deadline=None)
@given(plays=PLAYS, shuffled=st.randoms())
def test_the_order_of_the_rows_does_not_matter(watched_sql, plays, shuffled) -> None:
    order = list(range(len(plays)))
    shuffled.shuffle(order)
    second = timedelta(seconds=1)
    rows = watched_by_sql(watched_sql, plays, second, order)
    assert rows == watched_by_sql(watched_sql, plays, second)
