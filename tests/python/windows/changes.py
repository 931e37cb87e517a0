"""What is added to the raw logs, and what is taken away, in the course of the story."""

from __future__ import annotations

from datetime import date

from windows.raw import (
    DAY,
    FIRST,
    HOUR,
    LOOKBACK,
    MICRO,
    MINUTE,
    QUIET,
    Raw,
    Row,
    arrived,
    kst,
    morning_after,
    play,
    plays_of,
    refused,
    starter,
)

# The run date of most of the story, a Monday, and the day of which all rows go once, as
# do those of the Monday, all that its week has.
TODAY = FIRST + 22 * DAY
WINDOW_START = TODAY - LOOKBACK * DAY
EMPTIED = QUIET + 7 * DAY
# A day inside the lookback, and one so long before that its reports are before it, too.
INSIDE, BEFORE = FIRST + 20 * DAY, FIRST + 10 * DAY
NOW = morning_after(TODAY) - HOUR
LATE = {"content_id": "C9", "device_id": "late-device"}


def late_inside() -> list[Row]:
    """Rows of a day inside the lookback, arriving now, at its very first instant.

    A play that makes a First View of a programme of its own, a refused row and another
    copy of a log.
    """
    start = kst(INSIDE)
    noon = next(row for row in plays_of(INSIDE) if row["log_id"] == f"noon-{INSIDE}")
    return [
        arrived(play("late-inside", starter(INSIDE), start, HOUR, **LATE), NOW),
        arrived(refused("late-inside-bad", "u6", start, HOUR), NOW),
        arrived(noon | {"app_version": "9.9"}, NOW),
    ]


def late_before() -> list[Row]:
    """Rows of a day before the lookback.

    A play and a refused row arrive now. The others lie in the folder of that day's
    arrivals, but were put there only now: a copy of a log, a refused row, and a play
    that begins in the day's last microsecond and covers one of the next morning. What
    happened early that day in Korea lies in the folder of the UTC date before.
    """
    tomorrow = starter(BEFORE + DAY)
    noon = next(row for row in plays_of(BEFORE) if row["log_id"] == f"noon-{BEFORE}")
    belated = kst(BEFORE + DAY, 4)
    start = kst(BEFORE, 12)
    return [
        arrived(play("late-before", starter(BEFORE), start, HOUR, **LATE), NOW),
        arrived(refused("late-before-bad", "u6", start, HOUR), NOW),
        arrived(refused("belated-bad", "u6", start, HOUR), belated),
        arrived(refused("belated-early", "u6", kst(BEFORE, 7), HOUR), kst(BEFORE, 8)),
        arrived(noon | {"app_version": "9.9"}, belated),
        arrived(play("belated", tomorrow, kst(BEFORE, 24) - MICRO, 3 * HOUR), belated),
    ]


def resent() -> list[Row]:
    """Copies that arrive now, each later than the one that counts so far.

    One of the window's first day lasts for half as long. One of the day before it lasts
    into the window for less; one of that day's morning came on the UTC date before.
    One moves from a day before the lookback into it.
    """
    before = WINDOW_START - DAY
    film, night, early, noon = (
        next(row for row in plays_of(day) if row["log_id"] == f"{name}-{day}")
        for name, day in (
            ("film", WINDOW_START),
            ("night", before),
            ("early", before),
            ("noon", MOVED[0]),
        )
    )
    moved = {"started_at": kst(MOVED[1], 3), "ended_at": kst(MOVED[1], 4)}
    return [
        arrived(film | {"ended_at": film["started_at"] + HOUR}, NOW),
        arrived(night | {"ended_at": kst(WINDOW_START, 1) - 5 * MINUTE}, NOW),
        arrived(early | {"app_version": "9.9"}, NOW),
        arrived(noon | moved, NOW),
    ]


MOVED = (FIRST + 15 * DAY, INSIDE)


def emptied(raw: Raw, day: date) -> Raw:
    """The raw logs without what happened or arrived on a date."""
    return raw | {
        "player.viewing_log": [
            row
            for row in raw["player.viewing_log"]
            if row["ingest_date"] != day
            and not kst(day) <= row["started_at"] < kst(day + DAY)
        ]
    }
