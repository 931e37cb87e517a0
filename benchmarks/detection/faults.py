"""Which faults and decoys are planted, on which days and devices: decided by a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

DAY = timedelta(days=1)
PLAYS = "player.viewing_log/PLAY"
DEVICES = ("ANDROID", "IOS", "SMART_TV", "WEB", "SET_TOP", "TABLET")
LARGE = ("ANDROID", "IOS", "SMART_TV", "WEB")
EACH = 4
# Of the same device so many days lie between two faults, of all devices so many.
APART, APART_OF_ALL = 7, 2
# The sample's own faults are found, too, but were not planted.
STORY = (
    ("SMART_TV", date(2025, 9, 1), date(2025, 10, 5)),
    ("ALL", date(2025, 11, 12), date(2025, 11, 12)),
)


@dataclass(frozen=True)
class Kind:
    """A kind of fault: how long it lasts, and what it can hit."""

    title: str
    days: tuple[int, int]
    targets: tuple[str, ...]
    is_decoy: bool = False


KINDS = {
    "missing_device": Kind("a device type stops sending", (1, 3), DEVICES),
    "stopped_event": Kind(
        "an event of billing or of pushes stops",
        (3, 9),
        (
            "billing.subscription_event/SUBSCRIBE",
            "billing.subscription_event/RENEW",
            "crm.push_event/SENT",
            "billing.subscription_event/RENEW",
        ),
    ),
    "half_day": Kind("nothing from noon on, all devices", (1, 1), ("ALL",)),
    "outage": Kind("five hours without rows on one device", (1, 1), LARGE),
    "double_rows": Kind("each row twice, under new keys", (2, 3), DEVICES),
    "resent": Kind("most rows sent again under the same key", (1, 2), LARGE),
    "late_day": Kind("a day's rows arrive two days later", (1, 2), LARGE),
    "slow_decay": Kind("each day 6 % less, for two weeks", (14, 14), LARGE),
    "double_counting": Kind("a new app version counts twice", (5, 9), LARGE),
    "time_zone": Kind("start times nine hours too early", (2, 3), LARGE),
    "milliseconds": Kind("half of the players send ms, refused", (2, 3), LARGE),
    "catalogue": Kind("a quarter of all plays refused", (1, 2), ("ALL",)),
    "lost_device": Kind("device type lost, rows become UNKNOWN", (2, 4), DEVICES),
    "campaign": Kind("a campaign: all plays and sign-ups up", (1, 2), ("ALL",), True),
    "premiere": Kind("a premiere: evenings up, TVs most", (1, 2), ("ALL",), True),
}


@dataclass(frozen=True)
class Fault:
    """A planted fault or decoy; `target` is a device type, ALL, or a series."""

    kind: str
    target: str
    first: date
    last: date

    @property
    def is_decoy(self) -> bool:
        """Whether nobody should be called for it."""
        return KINDS[self.kind].is_decoy

    @property
    def series(self) -> frozenset[str]:
        """The series whose alarms tell of it."""
        if "/" in self.target:
            return frozenset({f"{self.target}/ALL", *_following(self.target)})
        devices = DEVICES if self.target == "ALL" else (self.target,)
        return frozenset(f"{PLAYS}/{one}" for one in ("ALL", *devices))

    @property
    def days(self) -> list[date]:
        """Its days, first and last included."""
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]


def _following(series: str) -> tuple[str, ...]:
    """Series that stand still with another: what was not sent is not delivered."""
    if series.endswith("/SENT"):
        return tuple(f"crm.push_event/{one}/ALL" for one in ("DELIVERED", "OPENED"))
    return ()


def plan(seed: int, first: date, last: date) -> list[Fault]:
    """Return what is planted between two days, in order of days; decoys too."""
    random = np.random.default_rng([seed, 2])
    # the long ones first, while there is room
    wanted = [
        (kind, n)
        for kind in sorted(KINDS, key=lambda kind: -KINDS[kind].days[1])
        for n in range(EACH)
    ]
    found: list[Fault] = []
    for kind, n in wanted:
        found.append(_placed(random, kind, n, found, first, last))
    return sorted(found, key=lambda fault: fault.first)


def _placed(
    random: np.random.Generator,
    kind: str,
    number: int,
    others: list[Fault],
    first: date,
    last: date,
) -> Fault:
    targets = KINDS[kind].targets
    shortest, longest = KINDS[kind].days
    for turn in range(20_000):
        length = int(random.integers(shortest, longest + 1))
        begin = first + int(random.integers(0, (last - first).days - length)) * DAY
        # another device where the first has no room
        target = targets[(number + turn // 500) % len(targets)]
        fault = Fault(kind, target, begin, begin + (length - 1) * DAY)
        if all(_is_apart(fault, other) for other in others) and _is_free(fault):
            return fault
    raise ValueError(f"no room for {kind}; plant fewer, or in more days")


def _is_apart(one: Fault, other: Fault) -> bool:
    if "/" in one.target or "/" in other.target:
        if one.target != other.target:
            return "campaign" not in (one.kind, other.kind) or _gap(one, other) > 7
        return _gap(one, other) > 4 * APART
    if "ALL" in (one.target, other.target):
        return _gap(one, other) > APART_OF_ALL
    return _gap(one, other) > (APART if one.target == other.target else 0)


def _gap(one: Fault, other: Fault) -> int:
    return max((one.first - other.last).days, (other.first - one.last).days)


def _is_free(fault: Fault) -> bool:
    """Whether a fault lies clear of the sample's own story on its device."""
    return all(
        fault.first > last + 7 * DAY or fault.last < first - 3 * DAY
        for device, first, last in STORY
        if "ALL" in (device, fault.target) or device == fault.target
    )
