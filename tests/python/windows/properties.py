"""The nine properties, each a claim about one windowed model in the story.

A model by dates of what happened takes a late row on the date it happened. One by dates
of arrival counts it where it arrived, however late: late is for it only a file that is
put into the folder of a date before the window. One by week shows a day at its Monday,
one of snapshots at each of the Mondays of the four weeks from it on.
"""

from __future__ import annotations

from collections.abc import Callable

from windows.changes import BEFORE, EMPTIED, INSIDE, TODAY, WINDOW_START
from windows.raw import DAY
from windows.story import GROWN, Story

WEEK = 7 * DAY
Claim = Callable[[Story, str], None]


def second_run(story: Story, model: str) -> None:
    """A second run of a day finds everything as the first one left it."""
    assert story.rows("built", model)
    assert story.states["again"][model] == story.states["built"][model]


def late_inside(story: Story, model: str) -> None:
    """A late row of a day inside the lookback is taken by the next run."""
    changed = story.changed("late before", "late inside", model)
    inside = story.models[model].shown(INSIDE)
    if story.holds_dates_alone(model):
        assert INSIDE in story.rows("late inside", model)
    elif story.models[model].is_by_arrival:
        assert TODAY in changed
    else:
        assert inside in changed


def nothing_else_moves(story: Story, model: str) -> None:
    """Only dates move of which rows came, and those that follow from them.

    Both runs have waiting late rows of the other's dates before them.
    """
    by_arrival = story.models[model].is_by_arrival
    reached = story.models[model].reached
    # the copy makes a duplicate of the log that arrived on its own day
    daily = {INSIDE, TODAY} if by_arrival else {INSIDE, INSIDE + DAY}
    assert story.changed("late before", "late inside", model) <= reached(daily)
    # a play covers those of the next day, and both days show in next week's reports
    days = (BEFORE, BEFORE + DAY, BEFORE + WEEK, BEFORE + WEEK + DAY)
    follows = reached(days)
    backfilled = {BEFORE - DAY, BEFORE} if by_arrival else follows
    assert story.changed("late inside", "backfilled", model) <= backfilled
    dates = story.rows("backfilled", model).keys()
    assert any(day < WINDOW_START and day not in follows for day in dates)


def late_before(story: Story, model: str) -> None:
    """A late row of a day before the lookback is not taken, but counted as waiting."""
    changed = story.changed("again", "late before", model)
    assert changed == ({TODAY} if story.models[model].is_by_arrival else set())
    assert story.waiting("late before") == story.waiting("again") + 1


def backfill(story: Story, model: str) -> None:
    """A backfill takes what the daily run left."""
    changed = story.changed("late inside", "backfilled", model)
    if story.holds_dates_alone(model):
        assert BEFORE in story.rows("backfilled", model)
    else:
        assert story.models[model].shown(BEFORE) in changed
        # the UTC date before holds the morning's arrivals
        assert (BEFORE - DAY in changed) == story.models[model].is_by_arrival
    assert story.waiting("backfilled") == story.waiting("again")


def full_refresh(story: Story, model: str) -> None:
    """Day after day, as the logs grow, gives what one build gives."""
    newest = story.models[model].shown(GROWN, GROWN)
    assert newest in story.rows("built at once", model)
    assert story.states["grown"][model] == story.states["built at once"][model]


def kst_day(story: Story, model: str) -> None:
    """What happens at 15:00 UTC is of the next Korean day; dates of arrival are UTC's.

    The late rows inside happened at 15:00 UTC and arrived at 22:00 UTC.
    """
    changed = story.changed("late before", "late inside", model)
    if story.holds_dates_alone(model):
        assert max(story.rows("late inside", model)) == TODAY
    elif story.models[model].is_by_arrival:
        assert TODAY in changed
        assert TODAY + DAY not in changed
    else:
        assert story.models[model].shown(INSIDE) in changed
        assert INSIDE - DAY not in changed


def emptied(story: Story, model: str) -> None:
    """A date whose raw rows went is emptied; that it was built stays true.

    So is the Monday of a week of which all rows went.
    """
    if story.models[model].is_of_snapshots:
        # of 28 days two went, so the accounts stay and watched less
        moved = story.changed("backfilled", "emptied", model)
        assert TODAY in moved <= story.models[model].reached({EMPTIED, TODAY})
        return
    day = TODAY if story.models[model].is_weekly else EMPTIED
    assert day in story.rows("backfilled", model)
    kept = story.holds_dates_alone(model)
    assert (day in story.rows("emptied", model)) == kept


def cleaned(story: Story, model: str) -> None:
    """Without what was added, a run and a backfill return to the start."""
    window = {WINDOW_START + number * DAY for number in range(5)}
    if not story.models[model].is_of_snapshots:
        # which still hold what the backfill took: it counts for four weeks
        assert story.changed("built", "cleaned inside", model).isdisjoint(window)
    assert story.states["cleaned"][model] == story.states["built"][model]


PROPERTIES: dict[str, Claim] = {
    "1-a-second-run-changes-nothing": second_run,
    "2-a-late-row-inside-the-lookback-is-taken": late_inside,
    "3-nothing-else-moves": nothing_else_moves,
    "4-a-late-row-before-the-lookback-is-not-taken": late_before,
    "5-a-backfill-takes-it": backfill,
    "6-full-refresh-equals-daily-runs": full_refresh,
    "7-15-utc-is-the-next-korean-day": kst_day,
    "8-a-date-emptied-upstream-is-emptied": emptied,
    "9-clean-up-returns-to-the-start": cleaned,
}
