"""Random plays: few devices, so that plays meet, nest, repeat and cross midnight."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from .contract import Row
from .generate_common import (
    DAY,
    FAR_END,
    HOUR,
    MICRO,
    SECOND,
    TEXTS,
    arrival,
    decorate,
    history_borders,
    ingest_date,
    instant,
    resend,
)

NAME = "player.viewing_log"
CONTENTS = tuple(f"c{number}" for number in range(1, 12))
DURATIONS = (
    timedelta(0),
    MICRO,
    timedelta(milliseconds=500),
    30 * SECOND - MICRO,
    30 * SECOND,
    31 * SECOND,
    90 * SECOND,
    90 * SECOND,
    10 * 60 * SECOND,
    HOUR,
    5 * HOUR,
    DAY - MICRO,
    DAY,
)
SHIFTS = (timedelta(0), MICRO, SECOND, 29 * SECOND, 30 * SECOND, HOUR)


class Plays:
    """Builds the plays of one data set."""

    def __init__(self, rng: Random, unos: list[str], events: list[Row]) -> None:
        self.rng = rng
        self.unos = unos
        self.starts = [
            (event["uno"].strip(" "), event["period_start"])
            for event in events
            for _ in range(6 if (event["subscription_id"] or "").startswith("w") else 1)
            if event["uno"] and event["period_start"]
        ]
        self.rows: list[Row] = []

    def add(self, **more) -> None:
        """Append a play; what is not given is drawn."""
        rng = self.rng
        start = more.get("started_at") or instant(rng)
        end = more.get("ended_at") or start + rng.choice(DURATIONS)
        uno = rng.choice(self.unos)
        row: Row = {
            "log_id": f"l{len(self.rows):03d}",
            "uno": uno,
            "profile_id": f"{more.get('uno', uno)}-{rng.choice('112')}",
            "device_id": rng.choice(("d1", "d1", "d2")),
            "device_type": rng.choice(("TV", "TV", "MOBILE", "web", None)),
            "app_version": rng.choice(TEXTS),
            "content_id": rng.choice(CONTENTS),
            "charge_type": rng.choice(("SVOD", "SVOD", "TVOD", "FREE")),
            "started_at": start,
            "ended_at": end,
            "play_seconds": self.seconds(end - start),
            "ingested_at": arrival(start, rng),
        }
        row |= more
        row["ingest_date"] = ingest_date(row, rng)
        self.rows.append(row)

    def seconds(self, interval: timedelta) -> int | None:
        """What the player reports: mostly the interval, sometimes nonsense."""
        rng = self.rng
        whole = interval // SECOND
        if rng.random() < 0.8:
            return whole
        odd = (whole + 1, whole - 1, 29, 30, 31, 0, 86_400, 86_401, None, whole * 1000)
        return rng.choice(odd)

    def beside(self) -> None:
        """A play of the same device that equals, nests in, or meets another one."""
        rng = self.rng
        near = [row for row in self.rows if row["ended_at"].year < 9000]
        if not near:
            return self.add()
        other = rng.choice(near)
        start, end = other["started_at"], other["ended_at"]
        shift = rng.choice(SHIFTS)
        begin = rng.choice((start, start, start + shift, end, end - shift, end + MICRO))
        finish = rng.choice((end, end - shift, end + shift, begin + shift))
        if finish < begin:
            finish = begin + shift
        same = ("uno", "profile_id", "device_id", "device_type")
        self.add(
            started_at=begin, ended_at=finish, **{name: other[name] for name in same}
        )
        return None

    def after_subscribing(self) -> None:
        """A play around the moment at which a pass of the account starts."""
        rng = self.rng
        if not self.starts:
            return self.add()
        uno, moment = rng.choice(self.starts)
        shifts = (-6 * HOUR, -HOUR, -MICRO, timedelta(0), MICRO, SECOND, HOUR, 3 * HOUR)
        lengths = (29 * SECOND, 30 * SECOND, 90 * SECOND, HOUR)
        start, length = moment + rng.choice(shifts), rng.choice(lengths)
        self.add(
            uno=uno,
            started_at=start,
            ended_at=start + length,
            device_id=rng.choice(("d1", "d2", "d3", "d4")),
            charge_type=rng.choice(("SVOD", "SVOD", "SVOD", "TVOD", "FREE")),
            play_seconds=max(length // SECOND - rng.choice((0, 0, 0, 1)), 0),
        )
        return None

    def broken(self, history_start: date | str) -> None:
        """One play of each kind that a reason of refusal borders on."""
        before, first = history_borders(history_start)
        start = instant(self.rng)
        self.add(started_at=start, ended_at=start + DAY + MICRO)
        self.add(started_at=start, ended_at=start + DAY)
        self.add(started_at=start, ended_at=start - MICRO)
        self.add(started_at=start, ended_at=FAR_END)
        self.add(started_at=FAR_END, ended_at=FAR_END, ingested_at=start)
        self.add(started_at=before, ended_at=first)
        self.add(started_at=first, ended_at=first + SECOND)
        self.add(charge_type="svod")
        self.add(content_id="c404")
        self.add(play_seconds=-1)


def change(row: Row, rng: Random) -> None:
    """Change one column of a re-sent play; a start may move to another date."""
    column = rng.choice(
        ["started_at", "ended_at", "play_seconds", "app_version", "uno"]
    )
    if column == "play_seconds":
        row[column] = rng.choice((0, 31, 600, None))
    elif column == "app_version":
        row[column] = rng.choice(TEXTS)
    elif column == "uno":
        row[column] = rng.choice((row[column], row["content_id"]))
    elif row[column] is not None and 2000 < row[column].year < 9000:
        row[column] += rng.choice((MICRO, SECOND, -DAY, HOUR))


def viewing_logs(
    rng: Random,
    unos: list[str],
    count: int,
    events: list[Row],
    history_start: date | str,
) -> list[Row]:
    """About ``count`` plays."""
    plays = Plays(rng, unos, events)
    if count >= 40:
        plays.broken(history_start)
    while len(plays.rows) < count * 0.85:
        draw = rng.random()
        if draw < 0.55:
            plays.after_subscribing()
        elif draw < 0.85:
            plays.beside()
        else:
            plays.add()
    rows = [decorate(NAME, row, rng) for row in plays.rows]
    rows += resend(rows, 0.12, change, rng)
    rng.shuffle(rows)
    return rows
