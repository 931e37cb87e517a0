"""What else both engines must show of the story; a test module imports these tests.

They ask for a fixture `story`, the one of the module's own engine.
"""

from __future__ import annotations

import pytest

from windows.changes import BEFORE, EMPTIED, INSIDE, WINDOW_START
from windows.properties import PROPERTIES
from windows.raw import DAY, FIRST, LOOKBACK
from windows.story import GROWN, REFILLED, Story
from windows.warehouse import windowed_models

# How far the effect of a play reaches, in days after it.
REACH = {
    "int_restricted__watched_plays": 1,
    "int_restricted__viewing_days": 1,
    "int_viewing__program_days": 1,
    "int_first_view__views": 1,
    "int_restricted__push_views": 1,
    "int_first_view__program_days": 8,
}


def test_the_files_name_every_windowed_model_of_the_manifest(story: Story) -> None:
    windowed = [name for name, model in story.models.items() if model.window]
    assert sorted(windowed) == windowed_models()
    others = {
        name
        for name, model in story.models.items()
        if model.kind == "incremental" and not model.window
    }
    assert others == {"int_restricted__account_hashes"}


@pytest.mark.parametrize("model", windowed_models())
@pytest.mark.parametrize("claim", PROPERTIES)
def test_a_windowed_model_holds(story: Story, claim: str, model: str) -> None:
    PROPERTIES[claim](story, model)


def test_daily_runs_give_every_model_of_the_project_as_one_build_does(
    story: Story,
) -> None:
    grown, at_once = story.states["grown"], story.states["built at once"]
    assert grown.keys() == at_once.keys() == story.models.keys()
    assert [name for name in grown if grown[name] != at_once[name]] == []
    filled = [name for name in grown if grown[name].rows]
    assert len(filled) >= 44


@pytest.mark.parametrize("model", windowed_models())
def test_a_daily_run_rewrites_its_window_and_no_other_date(
    story: Story, model: str
) -> None:
    rewritten = story.rewritten("built at once", "marked", "daily", model)
    first = GROWN - LOOKBACK * DAY
    assert rewritten == story.models[model].window_days(first, GROWN, GROWN)


@pytest.mark.parametrize("model", windowed_models())
def test_a_backfill_rewrites_its_days_and_what_follows_up_to_the_last_closed_day(
    story: Story, model: str
) -> None:
    rewritten = story.rewritten("daily", "marked again", "refilled", model)
    assert rewritten == story.models[model].window_days(*REFILLED, GROWN)
    if model in REACH:
        first, last = REFILLED
        reached = min(last + REACH[model] * DAY, GROWN)
        assert (min(rewritten), max(rewritten)) == (first, reached)
        # the reports of the week after would pass it
        assert last + 8 * DAY > GROWN


def test_a_backfill_moves_the_next_day_and_the_reports_of_the_week_after(
    story: Story,
) -> None:
    moved = {
        model: {
            (day - BEFORE).days
            for day in story.changed("late inside", "backfilled", model)
        }
        for model in REACH
    }
    assert moved == {
        "int_restricted__watched_plays": {0, 1},
        "int_restricted__viewing_days": {0, 1},
        "int_viewing__program_days": {0, 1},
        "int_first_view__views": {0, 1},
        # nothing that a push moves covers a view of the next day
        "int_restricted__push_views": {0},
        "int_first_view__program_days": {0, 1, 7, 8},
    }


def test_a_play_of_the_day_before_the_window_still_covers_those_in_it(
    story: Story,
) -> None:
    for chapter in ("built", "again"):
        plays = story.plays(chapter)
        night = plays[f"night-{WINDOW_START - DAY}"]
        morning = plays[f"morning-{WINDOW_START}"]
        assert night["view_date"] == WINDOW_START - DAY
        assert morning["view_date"] == WINDOW_START
        # from 00:40 to 02:00, the other until 01:30
        assert (morning["watched_seconds"], morning["overlap_seconds"]) == (1800, 3000)


def test_midnight_in_korea_parts_the_plays_of_two_days(story: Story) -> None:
    plays = story.plays("backfilled")
    for name, day in (
        (f"last-{INSIDE - DAY}", INSIDE - DAY),
        (f"edge-{INSIDE}", INSIDE),
        ("late-inside", INSIDE),
        ("belated", BEFORE),
    ):
        assert plays[name]["view_date"] == day


def test_midnight_of_a_monday_in_korea_parts_two_weeks(story: Story) -> None:
    # the first day is a Sunday, so its week has one play at the first instant of a day
    assert FIRST.weekday() == 6
    weeks = {
        row["week_start"]: row["views"]
        for row in story.states["built"]["int_restricted__viewing_weeks"].records()
        if (row["uno"], row["program_id"]) == ("u6", "P3")
    }
    first = FIRST - 6 * DAY
    assert (weeks[first], weeks[first + 7 * DAY]) == (1, 7)


def test_an_account_number_stays_hashed_once_it_came(story: Story) -> None:
    hashes = {
        chapter: {
            row["uno"]: row["hash_uno"]
            for row in state["int_restricted__account_hashes"].records()
        }
        for chapter, state in story.states.items()
    }
    assert f"guest-{EMPTIED}" in hashes["emptied"]
    assert hashes["emptied"] == hashes["built"]
    assert hashes["built"].items() < hashes["grown"].items()
    assert f"guest-{GROWN}" in hashes["grown"].keys() - hashes["built"].keys()
