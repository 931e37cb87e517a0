"""Hand-worked examples of DOMAIN.md section 4."""

from __future__ import annotations

from datetime import date

import pytest

from .examples import kst, marts, opened, play

TEN = kst("10 10:00")


def report(*rows, **more) -> dict[tuple, dict]:
    """``first_views_daily`` by day of March and programme."""
    return {
        (row["subscription_date"].day, row["program_id"]): row
        for row in marts(*rows, **more)["first_views_daily"]
    }


def joined(uno: str, start=TEN, end=None, **more) -> dict:
    """A paid B2C pass of an account."""
    name = more.pop("subscription", f"s-{uno}-{start}")
    return opened(start, end or kst("11"), name, uno=uno, **more)


def seen(log_id: str, uno: str, start, content: str = "c1", seconds=60, **more) -> dict:
    """A play of an account on a device of its own."""
    device = {"device_id": f"d-{log_id}", "profile_id": uno}
    return play(log_id, start, seconds, uno=uno, content_id=content, **device | more)


def test_a_whole_row():
    # u1 joins at 10:00 and sees p1 before and p2 after; u2 joins and sees nothing.
    rows = (
        joined("u1"),
        joined("u2"),
        seen("a", "u1", kst("10 09:00")),
        seen("b", "u1", kst("10 11:00"), "c2"),
    )
    found = report(*rows)
    assert found[10, "p1"] == {
        "subscription_date": date(2024, 3, 10),
        "program_id": "p1",
        "program_title": "하나",
        "first_views": 1,
        "new_first_views": 1,
        "returned_first_views": 0,
        "first_program_subscribers": 0,
        "subscribers_on_date": 2,
        "share": 0.5,
        "first_view_rank": 1,
        "first_views_week_ago": 0,
        "first_views_change": 1,
        "first_views_change_rate": None,
        "first_view_rank_week_ago": None,
        "first_view_rank_change": None,
    }
    assert found[10, "p2"]["first_program_subscribers"] == 1
    assert found[10, "p2"]["first_view_rank"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"charge_type": "FREE"},
        {"content_id": "live"},
        {"content_id": "clip"},
        {"content_id": "none"},
        {"play_seconds": 29},
        {"started_at": kst("10", -1)},
        {"started_at": kst("11"), "ended_at": kst("11 01:00")},
        {"uno": "u2"},
    ],
)
def test_plays_that_do_not_count(change):
    assert report(joined("u1"), seen("a", "u1", kst("10 11:00")) | change) == {}


@pytest.mark.parametrize(
    "change",
    [
        {"charge_type": "TVOD"},
        {"play_seconds": 30},
        {"started_at": kst("10")},
        {"started_at": kst("11", -1), "ended_at": kst("11 01:00")},
    ],
)
def test_plays_that_count(change):
    found = report(joined("u1"), seen("a", "u1", kst("10 11:00")) | change)
    assert found[10, "p1"]["first_views"] == 1


def test_a_programme_without_catalogue_row_counts_without_title():
    found = report(joined("u1"), seen("a", "u1", kst("10 11:00"), "lost"))
    assert found[10, "p404"]["program_title"] is None
    assert found[10, "p404"]["first_views"] == 1


def test_a_covered_play_is_not_valid():
    rows = joined("u1"), play("a", TEN, 600, charge_type="FREE"), play("b", TEN, 600)
    assert report(*rows) == {}


def test_only_b2c_spells_count_and_a_b2b_one_does_not_make_it_returned():
    play_ = seen("a", "u1", kst("10 11:00"))
    telco = joined("u1", product_code="TELCO_M")
    assert report(telco, play_) == {}
    before = joined("u1", kst("02"), kst("03"), product_code="TELCO_M")
    assert report(before, joined("u1"), play_)[10, "p1"]["new_first_views"] == 1
    earlier = joined("u1", kst("02"), kst("03"))
    found = report(earlier, joined("u1"), play_)[10, "p1"]
    assert (found["new_first_views"], found["returned_first_views"]) == (0, 1)
    renewed = joined("u1", kst("02"), TEN), joined("u1")
    assert report(*renewed, play_) == {}  # no gap: no spell starts on the 10th


def test_first_program_is_at_or_after_the_moment_and_ties_go_by_log_id():
    rows = joined("u1"), seen("b", "u1", TEN), seen("a", "u1", TEN, "c2")
    found = report(*rows)
    assert found[10, "p1"]["first_program_subscribers"] == 0
    assert found[10, "p2"]["first_program_subscribers"] == 1
    # Plays that do not count are passed over.
    more = report(*rows, seen("A", "u1", TEN, "live"), seen("0", "u1", TEN, "none"))
    assert more[10, "p2"]["first_program_subscribers"] == 1
    just_before = seen("b", "u1", kst("10 10:00", -1)), rows[0], rows[2]
    assert report(*just_before)[10, "p1"]["first_program_subscribers"] == 0


def test_of_two_spells_on_a_day_the_earlier_gives_the_moment_and_new_wins():
    rows = (
        joined("u1", kst("10 01:00"), kst("10 02:00")),
        joined("u1", kst("10 05:00"), kst("10 06:00")),
        seen("a", "u1", kst("10 03:00")),
        seen("b", "u1", kst("10 05:30"), "c2"),
    )
    found = report(*rows)
    assert found[10, "p1"]["first_program_subscribers"] == 1
    assert found[10, "p2"]["first_program_subscribers"] == 0
    for program in ("p1", "p2"):
        row = found[10, program]
        counts = [row[name] for name in ("new_first_views", "subscribers_on_date")]
        assert counts == [1, 1]


def test_a_week_ago():
    # 3rd: p1 by u1 and u2, p2 by u1 -> ranks 1 and 2. 10th: p2 by u3 and u4, p1 by u3,
    # p404 by u4 -> ranks 1, 2 and 2. 17th: nobody; the programmes of the 10th stay.
    third, tenth = kst("03 11:00"), kst("10 11:00")
    rows = [joined(uno, kst("03 10:00"), kst("04")) for uno in ("u1", "u2")]
    rows += [joined(uno) for uno in ("u3", "u4")]
    rows += [
        seen("a", "u1", third),
        seen("b", "u2", third),
        seen("c", "u1", third, "c2"),
        seen("d", "u3", tenth),
        seen("e", "u3", tenth, "c2"),
        seen("f", "u4", tenth, "c2"),
        seen("g", "u4", tenth, "lost"),
    ]
    found = report(*rows)
    columns = list(found[10, "p1"])
    shown = columns[columns.index("subscribers_on_date") :]
    assert {key: [row[name] for name in shown] for key, row in found.items()} == {
        (3, "p1"): [2, 1.0, 1, 0, 2, None, None, None],
        (3, "p2"): [2, 0.5, 2, 0, 1, None, None, None],
        (10, "p1"): [2, 0.5, 2, 2, -1, -0.5, 1, -1],
        (10, "p2"): [2, 1.0, 1, 1, 1, 1.0, 2, 1],
        (10, "p404"): [2, 0.5, 2, 0, 1, None, None, None],
        (17, "p1"): [0, None, None, 1, -1, -1.0, 2, None],
        (17, "p2"): [0, None, None, 2, -2, -1.0, 1, None],
        (17, "p404"): [0, None, None, 1, -1, -1.0, 2, None],
    }
    cut = report(*rows, run_date=date(2024, 3, 16))
    assert {day for day, _ in cut} == {3, 10}


def test_rank_leaves_gaps():
    # Two accounts: p1 by two, p2 by two, p404 by one: ranks 1, 1, 3.
    rows = [joined(uno) for uno in ("u1", "u2")]
    rows += [seen("a", "u1", TEN), seen("b", "u2", TEN), seen("c", "u1", TEN, "c2")]
    rows += [seen("d", "u2", TEN, "c2"), seen("e", "u2", TEN, "lost")]
    found = report(*rows, run_date=date(2024, 3, 10))
    ranks = {program: row["first_view_rank"] for (_, program), row in found.items()}
    assert ranks == {"p1": 1, "p2": 1, "p404": 3}


def test_somebody_joined_a_week_later_but_saw_nothing():
    rows = joined("u1"), seen("a", "u1", TEN), joined("u2", kst("17"), kst("18"))
    row = report(*rows)[17, "p1"]
    assert (row["first_views"], row["subscribers_on_date"], row["share"]) == (0, 1, 0.0)
