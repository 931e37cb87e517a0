"""Hand-worked examples of DOMAIN.md section 2."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from .examples import built, kst, marts, play

NOON = kst("10 12:00")


def seconds(*rows, **variables) -> dict[str, tuple[int, int, int]]:
    """Watched, overlap and excess seconds by log id."""
    return {
        one.log_id: (one.watched_seconds, one.overlap_seconds, one.excess_seconds)
        for one in built(*rows, **variables).plays
    }


def after(number: float):
    """Seconds after noon."""
    return NOON + timedelta(seconds=number)


def test_a_play_alone():
    # 60 s passed. 50 reported: all watched. 70 reported: 10 too many.
    assert seconds(play("a", NOON, 60)) == {"a": (60, 0, 0)}
    assert seconds(play("a", NOON, 60, play_seconds=50)) == {"a": (50, 0, 0)}
    assert seconds(play("a", NOON, 60, play_seconds=70)) == {"a": (60, 0, 10)}


def test_seconds_are_whole_and_rounded_down():
    row = play("a", NOON, 29.999999, play_seconds=30)
    assert seconds(row) == {"a": (29, 0, 1)}


def test_partial_overlap():
    # a 0-60; b 40-100: uncovered 60-100 = 40, its other 20 s are counted twice.
    rows = play("a", NOON, 60), play("b", after(40), 60)
    assert seconds(*rows) == {"a": (60, 0, 0), "b": (40, 20, 0)}


def test_uncovered_is_rounded_down_once():
    # a 0-60.5; b 40-100: uncovered 39.5 -> 39; interval 60; overlap 60-39 = 21.
    rows = play("a", NOON, 60.5), play("b", after(40), 60)
    assert seconds(*rows)["b"] == (39, 21, 0)


def test_a_report_shorter_than_the_uncovered_time_has_no_overlap():
    # b 40-100 reports 30: min(30, uncovered 40) = 30 watched, nothing twice.
    rows = play("a", NOON, 60), play("b", after(40), 60, play_seconds=30)
    assert seconds(*rows)["b"] == (30, 0, 0)


def test_nested_play_then_the_rest_of_the_long_one_still_covers():
    # a 0-100 holds b 10-20; c 90-130 is covered by a, not by b: 100-130 = 30.
    rows = play("a", NOON, 100), play("b", after(10), 10), play("c", after(90), 40)
    assert seconds(*rows) == {"a": (100, 0, 0), "b": (0, 10, 0), "c": (30, 10, 0)}


def test_equal_plays_are_ordered_by_log_id():
    rows = play("B", NOON, 60), play("a", NOON, 60)
    assert seconds(*rows) == {"B": (60, 0, 0), "a": (0, 60, 0)}  # "B" < "a"


def test_same_start_the_shorter_comes_first():
    # b 0-40 first, then a 0-60: uncovered 40-60.
    rows = play("a", NOON, 60), play("b", NOON, 40)
    assert seconds(*rows) == {"a": (20, 40, 0), "b": (40, 0, 0)}


def test_overlap_and_excess_together():
    # a 0-60; b 30-90 reports 100: interval 60, uncovered 30, twice 30, too many 40.
    rows = play("a", NOON, 60), play("b", after(30), 60, play_seconds=100)
    assert seconds(*rows)["b"] == (30, 30, 40)


@pytest.mark.parametrize(
    "other", [{"uno": "u2"}, {"profile_id": "u1-2"}, {"device_id": "d2"}]
)
def test_other_devices_profiles_and_accounts_do_not_cover(other):
    assert seconds(play("a", NOON, 60), play("b", NOON, 60, **other))["b"] == (60, 0, 0)


def test_a_refused_or_replaced_play_covers_nothing():
    rows = (
        play("a", NOON, 600, charge_type="?"),
        play("b", NOON, 60),
        play("c", NOON, 600, ingested_at=NOON),
        play("c", after(3600), 10, ingested_at=after(7200)),
    )
    assert seconds(*rows) == {"b": (60, 0, 0), "c": (10, 0, 0)}


def test_a_play_belongs_to_the_kst_day_it_started_and_covers_the_next():
    # a 10th 23:59:59.999999 for 61 s; b 11th 00:00 for 120 s.
    # a ends at 00:01:00.999999, so b has 59.000001 s uncovered.
    found = marts(
        play("a", kst("11", -1), 61), play("b", kst("11"), 120), play("c", NOON, 0)
    )["viewing_daily"]
    by_day = {row["view_date"].day: row for row in found}
    assert [by_day[day]["watched_seconds"] for day in (10, 11)] == [61, 59]
    assert [by_day[day]["views"] for day in (10, 11)] == [2, 1]


def test_viewing_daily_row():
    # a: 95 of 100 s: valid, complete. b: the same account, 90 s: valid, complete.
    # c: another account, 29 s: not valid. All on one grain.
    found = marts(
        play("a", NOON, 95),
        play("b", after(1000), 90, profile_id="u1-2"),
        play("c", NOON, 29, uno="u2"),
    )["viewing_daily"]
    assert found == [
        {
            "view_date": date(2024, 3, 10),
            "program_id": "p1",
            "program_title": "하나",
            "genre": "drama",
            "content_type": "VOD",
            "device_type": "TV",
            "views": 3,
            "valid_views": 2,
            "completed_views": 2,
            "viewers": 1,
            "watched_seconds": 214,
            "reported_seconds": 214,
            "overlap_seconds": 0,
            "excess_seconds": 0,
        }
    ]


@pytest.mark.parametrize(
    ("content", "watched", "valid", "completed"),
    [
        ("c1", 29, 0, 0),
        ("c1", 30, 1, 0),
        ("c1", 89, 1, 0),
        ("c1", 90, 1, 1),
        ("c2", 3600, 1, 0),  # runtime 0
        ("live", 3600, 1, 0),  # runtime null
        ("lost", 1, 0, 1),  # runtime 1: complete, yet not valid
    ],
)
def test_valid_and_completed(content, watched, valid, completed):
    (row,) = marts(play("a", NOON, watched, content_id=content))["viewing_daily"]
    assert (row["valid_views"], row["completed_views"]) == (valid, completed)


@pytest.mark.parametrize(
    ("change", "grain"),
    [
        ({"content_id": "none"}, ["UNKNOWN", None, None, "VOD", "TV"]),
        ({"content_id": "lost"}, ["p404", None, None, "VOD", "TV"]),
        ({"content_id": "clip"}, ["p1", "하나", "drama", "UNKNOWN", "TV"]),
        ({"device_type": " "}, ["p1", "하나", "drama", "VOD", "UNKNOWN"]),
        ({"device_type": "tv"}, ["p1", "하나", "drama", "VOD", "tv"]),
    ],
)
def test_grain_is_never_null(change, grain):
    (row,) = marts(play("a", NOON, 60, **change))["viewing_daily"]
    assert list(row.values())[1:6] == grain


def test_only_closed_days_are_shown():
    rows = play("a", kst("11", -1), 1), play("b", kst("11"), 1)
    found = marts(*rows, run_date=date(2024, 3, 10))["viewing_daily"]
    assert [row["view_date"] for row in found] == [date(2024, 3, 10)]


def test_kept_plays_of_a_day_that_is_not_closed_wait():
    # of c the copy that is kept began on the 10th
    rows = (
        play("a", kst("11", -1), 1),
        play("b", kst("11"), 1),
        play("c", kst("11"), 1, ingested_at=kst("12")),
        play("c", NOON, 1, ingested_at=kst("13")),
    )
    found = marts(*rows, run_date=date(2024, 3, 10))["log_reconciliation"]
    waiting = {row["table_name"]: row["waiting_rows"] for row in found}
    assert waiting.pop("viewing_log") == 1
    assert set(waiting.values()) == {0}


def test_thresholds_are_vars():
    rows = play("a", NOON, 40), play("b", after(60), 50)
    (row,) = marts(*rows, valid_view_seconds=50, completed_view_percent=40)[
        "viewing_daily"
    ]
    assert (row["valid_views"], row["completed_views"]) == (1, 2)
