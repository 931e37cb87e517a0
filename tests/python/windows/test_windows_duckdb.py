"""The nine properties of a window with the real dbt-duckdb, and more of it.

The story is told once; each test compares two of its chapters.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from windows.changes import (
    MOVED,
    TODAY,
    WINDOW_START,
    late_before,
    late_inside,
    resent,
)
from windows.claims import *  # noqa: F403
from windows.raw import DAY, FIRST, LAST, Raw, as_of, everything, with_plays
from windows.story import Story, tell
from windows.warehouse import GROWING, GROWING_AND_READ, DuckdbWarehouse, State

pytestmark = pytest.mark.xdist_group("windows")
DAILY_RUNS = 30
PAIRS = {"int_restricted__program_pair_weeks"}


@pytest.fixture(scope="module")
def story(warehouse: DuckdbWarehouse) -> Story:
    return tell(warehouse)


@pytest.fixture(scope="module")
def month(warehouse: DuckdbWarehouse) -> dict[date, State]:
    """What the windowed models hold after each of 30 daily runs, at last all models.

    The plays grow by day, the other tables are complete from the start. The first two
    runs read the parsed project from dbt's target folder, as `dbt run` does.
    """
    raw = everything()
    days = [LAST - number * DAY for number in range(DAILY_RUNS, -1, -1)]
    windowed = [name for name, model in warehouse.models.items() if model.window]

    def load(day: date) -> None:
        warehouse.load(as_of(raw, day, ("player.viewing_log",)))

    load(days[0])
    warehouse.run(days[0], "--full-refresh")
    states = {days[0]: warehouse.state(windowed)}
    for day in days[1:]:
        load(day)
        selection = GROWING_AND_READ if day < LAST else ()
        warehouse.run(day, *selection, warm=day in days[1:3])
        states[day] = warehouse.state(windowed if day < LAST else None)
    return states


def test_thirty_daily_runs_give_what_one_build_gives(
    warehouse: DuckdbWarehouse, month: dict[date, State]
) -> None:
    assert len(month) == 1 + DAILY_RUNS
    warehouse.run(LAST, "--full-refresh")
    at_once = warehouse.state()
    assert at_once.keys() == warehouse.models.keys()
    assert [name for name in at_once if at_once[name] != month[LAST][name]] == []


def test_two_days_in_one_process_on_a_warm_parse_each_rewrite_their_own_window(
    warehouse: DuckdbWarehouse, month: dict[date, State]
) -> None:
    assert (warehouse.folder / "target" / "partial_parse.msgpack").is_file()
    start, *runs = list(month)[:3]
    for before, day in zip((start, *runs), runs, strict=False):
        for name in month[start]:
            model = warehouse.models[name]
            left, right = (month[at][name].by_date(model.field) for at in (before, day))
            changed = {at for at in left | right if left.get(at) != right.get(at)}
            window = model.window_days(day - 3 * DAY, day, day)
            # not every day has somebody's second programme of the week
            assert model.shown(day, day) in changed or name in PAIRS
            assert changed <= window
            # at least one row comes late for the far end of the lookback
            far = {"int_restricted__watched_plays", "int_viewing__program_days"}
            assert name not in far or day - 3 * DAY in changed


@pytest.fixture(scope="module")
def copies(warehouse: DuckdbWarehouse) -> dict[str, State]:
    """What the windowed models hold as copies of old logs arrive, and are settled."""
    base = as_of(everything(), TODAY)
    late: Raw = with_plays(base, [*resent(), *late_before(), *late_inside()])
    windowed = [name for name, model in warehouse.models.items() if model.window]
    states = {}

    def chapter(name: str, *selection: str, backfill: Any = None) -> None:
        warehouse.run(TODAY, *selection, backfill=backfill)
        states[name] = warehouse.state(windowed)

    warehouse.load(base)
    chapter("before", "--full-refresh")
    warehouse.load(late)
    chapter("daily", *GROWING)
    chapter("first day", *GROWING, backfill=(MOVED[0], MOVED[0]))
    chapter("second day", *GROWING, backfill=(MOVED[1], MOVED[1]))
    chapter("all days", *GROWING, backfill=(FIRST, TODAY))
    chapter("at once", "--full-refresh")
    return states


def watched(state: State, log_id: str) -> list[tuple[date, int, int]]:
    """View date, interval and watched seconds of each play with a log id."""
    return sorted(
        (row["view_date"], row["interval_seconds"], row["watched_seconds"])
        for row in state["int_restricted__watched_plays"].records()
        if row["log_id"] == log_id
    )


def test_a_late_copy_inside_the_window_counts_from_then_on(
    copies: dict[str, State],
) -> None:
    film, over = f"film-{WINDOW_START}", f"over-{WINDOW_START}"
    assert watched(copies["before"], film) == [(WINDOW_START, 7200, 7200)]
    assert watched(copies["daily"], film) == [(WINDOW_START, 3600, 3600)]
    # no longer covered by it
    assert watched(copies["before"], over) == [(WINDOW_START, 5400, 1800)]
    assert watched(copies["daily"], over) == [(WINDOW_START, 5400, 5400)]


def test_a_late_copy_of_the_day_before_the_window_covers_what_lies_in_it(
    copies: dict[str, State],
) -> None:
    before = WINDOW_START - DAY
    night, morning = f"night-{before}", f"morning-{WINDOW_START}"
    assert watched(copies["before"], morning) == [(WINDOW_START, 4800, 1800)]
    assert watched(copies["daily"], morning) == [(WINDOW_START, 4800, 3900)]
    # itself it waits for a backfill
    assert watched(copies["daily"], night) == [(before, 7200, 7200)]
    assert watched(copies["all days"], night) == [(before, 5100, 5100)]


def test_a_log_that_moves_to_another_day_is_settled_by_a_backfill_of_both(
    copies: dict[str, State],
) -> None:
    noon = f"noon-{MOVED[0]}"
    old, new = (MOVED[0], 3600, 3600), (MOVED[1], 3600, 3600)
    assert watched(copies["before"], noon) == [old]
    assert watched(copies["daily"], noon) == [old, new]
    for chapter in ("first day", "second day", "all days", "at once"):
        assert watched(copies[chapter], noon) == [new]


def test_a_backfill_of_all_days_settles_everything_as_one_build_does(
    copies: dict[str, State],
) -> None:
    settled, at_once = copies["all days"], copies["at once"]
    assert [name for name in at_once if settled[name] != at_once[name]] == []
    waiting = [name for name in at_once if copies["daily"][name] != at_once[name]]
    assert len(waiting) >= 7


def test_a_daily_run_counts_a_late_copy_also_where_the_copy_before_it_arrived(
    warehouse: DuckdbWarehouse, copies: dict[str, State]
) -> None:
    model = warehouse.models["int_reconciliation__viewing_log_days"]
    counted, daily, at_once = (
        copies[chapter][model.name].by_date(model.field)
        for chapter in ("before", "daily", "at once")
    )
    early = WINDOW_START - 2 * DAY
    assert daily[early] != counted[early]
    assert daily[early] == at_once[early]
