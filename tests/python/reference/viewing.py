"""Watched seconds and ``viewing_daily`` (DOMAIN.md sections 2, 8 and 9)."""

from __future__ import annotations

from dataclasses import dataclass

from .contract import Row
from .instants import SECOND, as_date, kst_day
from .raw import Settings

UNKNOWN = "UNKNOWN"
CONTENT_TYPES = ("VOD", "MOVIE", "LIVE")
PAID_CHARGES = ("SVOD", "TVOD")


@dataclass(frozen=True)
class Play:
    """A kept play with its content and its seconds."""

    log_id: str
    account: str
    profile_id: str
    device_id: str
    device_type: str
    charge_type: str
    program_id: str
    content_type: str
    started: int
    ended: int
    reported_seconds: int
    interval_seconds: int
    watched_seconds: int
    is_valid: bool
    is_completed: bool

    @property
    def view_day(self) -> int:
        """KST date of the start."""
        return kst_day(self.started)

    @property
    def overlap_seconds(self) -> int:
        """Seconds that the device counted twice."""
        return min(self.reported_seconds, self.interval_seconds) - self.watched_seconds

    @property
    def excess_seconds(self) -> int:
        """Seconds reported beyond those that passed."""
        return self.reported_seconds - min(self.reported_seconds, self.interval_seconds)

    @property
    def makes_first_view(self) -> bool:
        """Whether the play can make a First View (section 4)."""
        return (
            self.content_type in ("VOD", "MOVIE")
            and self.charge_type in PAID_CHARGES
            and self.is_valid
            and self.program_id != UNKNOWN
        )


def uncovered_micros(row: Row, others: list[Row]) -> int:
    """Time of a play after the latest end of all earlier plays of its device."""

    def order(play: Row) -> tuple:
        return play["started_at"], play["ended_at"], play["log_id"]

    begin = row["started_at"]
    for other in others:
        if order(other) < order(row):
            begin = max(begin, other["ended_at"])
    return max(row["ended_at"] - begin, 0)


def build_plays(
    logs: list[Row], contents: dict[str, Row], accounts: dict[str, str], s: Settings
) -> list[Play]:
    """Plays of kept rows; ``accounts`` maps each uno to its hash."""
    devices: dict[tuple, list[Row]] = {}
    for row in logs:
        devices.setdefault(_device(row, accounts), []).append(row)
    return [
        _play(row, devices[_device(row, accounts)], contents, accounts, s)
        for row in logs
    ]


def _device(row: Row, accounts: dict[str, str]) -> tuple:
    return accounts[row["uno"]], row["profile_id"], row["device_id"]


def _play(
    row: Row,
    same_device: list[Row],
    contents: dict[str, Row],
    accounts: dict[str, str],
    s: Settings,
) -> Play:
    content = contents[row["content_id"]]
    uncovered = uncovered_micros(row, same_device) // SECOND
    watched = min(row["play_seconds"], uncovered)
    runtime = content["runtime_seconds"] or 0
    kind = content["content_type"]
    return Play(
        log_id=row["log_id"],
        account=accounts[row["uno"]],
        profile_id=row["profile_id"],
        device_id=row["device_id"],
        device_type=row["device_type"] or UNKNOWN,
        charge_type=row["charge_type"],
        program_id=content["program_id"] or UNKNOWN,
        content_type=kind if kind in CONTENT_TYPES else UNKNOWN,
        started=row["started_at"],
        ended=row["ended_at"],
        reported_seconds=row["play_seconds"],
        interval_seconds=(row["ended_at"] - row["started_at"]) // SECOND,
        watched_seconds=watched,
        is_valid=watched >= s.valid_view_seconds,
        is_completed=runtime > 0
        and watched * 100 >= s.completed_view_percent * runtime,
    )


def viewing_daily(
    plays: list[Play], programs: dict[str, Row], run_day: int
) -> list[Row]:
    """One row per view date, programme, content type and device type."""
    groups: dict[tuple, list[Play]] = {}
    for play in plays:
        if play.view_day <= run_day:
            grain = (
                play.view_day,
                play.program_id,
                play.content_type,
                play.device_type,
            )
            groups.setdefault(grain, []).append(play)
    return [_daily_row(grain, groups[grain], programs) for grain in sorted(groups)]


def _daily_row(grain: tuple, plays: list[Play], programs: dict[str, Row]) -> Row:
    day, program_id, content_type, device_type = grain
    program = programs.get(program_id, {})
    return {
        "view_date": as_date(day),
        "program_id": program_id,
        "program_title": program.get("title"),
        "genre": program.get("genre"),
        "content_type": content_type,
        "device_type": device_type,
        "views": len(plays),
        "valid_views": sum(play.is_valid for play in plays),
        "completed_views": sum(play.is_completed for play in plays),
        "viewers": len({play.account for play in plays if play.is_valid}),
        "watched_seconds": sum(play.watched_seconds for play in plays),
        "reported_seconds": sum(play.reported_seconds for play in plays),
        "overlap_seconds": sum(play.overlap_seconds for play in plays),
        "excess_seconds": sum(play.excess_seconds for play in plays),
    }
