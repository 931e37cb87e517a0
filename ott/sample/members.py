"""Accounts and their profiles and devices, each a function of its number alone.

Accounts below ``Settings.accounts`` open between the launch and ``SAMPLE_END``, a fifth
of them in the first months; more open after that at the same pace, up to the horizon.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ott.sample.catalog import Catalog
from ott.sample.clock import DAY, KST, day_number
from ott.sample.randomness import Array, Purpose, hashed, pick, uniform
from ott.sample.settings import HORIZON, SAMPLE_END, SERVICE_LAUNCH, Settings

LAUNCH_SHARE, LAUNCH_DAYS = 0.2, 150
PREMIERE_PULL, PREMIERE_REACH = 0.42, 16
MOST_PROFILES, MOST_DEVICES = 4, 4

DEVICE_TYPES = ("ANDROID", "IOS", "SMART_TV", "WEB", "TABLET", "SET_TOP")
_FIRST_DEVICE = np.cumsum([0.40, 0.26, 0.15, 0.10, 0.03, 0.06])
_OTHER_DEVICE = np.cumsum([0.12, 0.10, 0.36, 0.20, 0.14, 0.08])


@dataclass(frozen=True)
class Members:
    """Arrays with one element per account that opened by the end of the sample.

    ``number`` is the account's number in the universe, which all hashing goes by;
    ``joined`` is a local second; ``premiere`` the programme that drew the account or
    -1.
    ``device_type`` has a column per device.
    """

    seed: int
    number: Array
    joined: Array
    premiere: Array
    activity: Array
    profiles: Array
    devices: Array
    device_type: Array
    favourite: Array

    @property
    def size(self) -> int:
        """Return the number of accounts."""
        return len(self.number)

    def draw(self, *keys: Array | int) -> Array:
        """Return a float in [0, 1) per account for a trait named by the keys."""
        return uniform(self.seed, Purpose.MEMBER, self.number, *keys)

    @cached_property
    def is_ghost(self) -> Array:
        """Return which accounts the member table lacks although they watch."""
        return self.draw(90) < 0.003

    @cached_property
    def allows_push(self) -> Array:
        """Return which accounts agreed to push messages when they joined."""
        return self.draw(91) < 0.68


def uno_number(account: Array) -> Array:
    """Return the ten-digit number of each account, in no visible order."""
    # The modulus is a prime, so that no two accounts share a number.
    return 1_000_000_000 + (account.astype(np.int64) * 2_654_435_761) % 999_999_937


def build(settings: Settings, catalog: Catalog) -> Members:
    """Build the accounts that open by 24:00 UTC of the sample's last day."""
    launch, until = day_number(SERVICE_LAUNCH), day_number(SAMPLE_END) + 1
    pace = (1 - LAUNCH_SHARE) * settings.accounts / (until - launch - LAUNCH_DAYS)
    later = int(pace * (day_number(HORIZON) - until))
    number = np.arange(settings.accounts + later)
    place = uniform(settings.seed, Purpose.MEMBER, number, 1)
    rest = (place - LAUNCH_SHARE) / (1 - LAUNCH_SHARE)
    since_launch = np.where(
        place < LAUNCH_SHARE,
        place / LAUNCH_SHARE * LAUNCH_DAYS,
        LAUNCH_DAYS + rest * (until - launch - LAUNCH_DAYS),
    )
    day = launch + since_launch.astype(np.int64)
    extra = number >= settings.accounts
    day[extra] = until + ((number[extra] - settings.accounts) / pace).astype(np.int64)
    second = 7 * 3600 + _bell(settings.seed, number, 2) * 16.9 * 3600

    day, premiere = attract(
        catalog, day, uniform(settings.seed, Purpose.MEMBER, number, 4)
    )
    second = np.where(premiere >= 0, evening(settings.seed, number, 5), second)
    joined = day * DAY + second.astype(np.int64)

    kept = joined < (day_number(settings.end) + 1) * DAY + KST
    number, joined, premiere = number[kept], joined[kept], premiere[kept]

    def draw(trait: int) -> Array:
        return uniform(settings.seed, Purpose.MEMBER, number, trait)

    slot = np.arange(MOST_DEVICES)
    chance = uniform(settings.seed, Purpose.DEVICE, number[:, None], slot)
    types = np.where(
        slot == 0, pick(_FIRST_DEVICE, chance), pick(_OTHER_DEVICE, chance)
    )
    return Members(
        seed=settings.seed,
        number=number,
        joined=joined,
        premiere=premiere,
        # A few accounts watch most: log-normal, at the top 40 times the median.
        activity=np.exp(np.clip(_normal(draw(6), draw(7)) * 1.15, -3, 3.7)),
        profiles=1 + pick(np.cumsum([0.48, 0.27, 0.15, 0.10]), draw(8)),
        devices=1 + pick(np.cumsum([0.38, 0.34, 0.19, 0.09]), draw(9)),
        device_type=types.astype(np.int8),
        favourite=pick(
            np.cumsum([0.34, 0.24, 0.14, 0.05, 0.1, 0.05, 0.02, 0.06]), draw(10)
        ),
    )


def attract(
    catalog: Catalog, day: Array, chance: Array, pull: float = PREMIERE_PULL
) -> tuple[Array, Array]:
    """Move days to the next premiere within reach for the share that it pulls.

    Returns the days and the programme of the premiere, -1 where the day stayed.
    """
    programs, days = catalog.premieres
    place = np.minimum(np.searchsorted(days, day), len(days) - 1)
    wait = days[place] - day
    pulled = (chance < pull) & (wait >= 0) & (wait <= PREMIERE_REACH)
    return np.where(pulled, days[place], day), np.where(pulled, programs[place], -1)


def evening(seed: int, number: Array, trait: int) -> Array:
    """Return a second of the day between the release at 18:00 and 23:00."""
    return (18.2 + 4.8 * uniform(seed, Purpose.MEMBER, number, trait)) * 3600


def device_ids(seed: int, account: Array, device: Array) -> Array:
    """Return the 64 bits of each device's key."""
    return hashed(seed, Purpose.DEVICE, account, device, 99)


def _bell(seed: int, number: Array, trait: int) -> Array:
    first = uniform(seed, Purpose.MEMBER, number, trait, 0)
    return (first + uniform(seed, Purpose.MEMBER, number, trait, 1)) / 2


def _normal(first: Array, second: Array) -> Array:
    return np.sqrt(-2 * np.log(1 - first)) * np.cos(2 * np.pi * second)
