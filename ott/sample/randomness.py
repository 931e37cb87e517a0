"""Randomness that depends on what is drawn, never on when or where it is drawn.

A day draws from a stream of its own; an account, whose life spans many days, is hashed.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


class Purpose(IntEnum):
    """What a random number is for; each purpose has its own numbers."""

    CATALOG = 1
    PLAYS = 2
    LATE = 3
    ECHO = 4
    DIRT = 5
    LOG_ID = 6
    MEMBER = 7
    PROFILE = 8
    DEVICE = 9
    LIFE = 10
    BILLING = 11
    CAMPAIGN = 12
    PUSH = 13
    SEARCH = 14
    EVALUATION = 15
    PLATFORM = 16
    SLACK = 17
    WIN_BACK = 18


def stream(seed: int, purpose: Purpose, *keys: int) -> np.random.Generator:
    """Return the generator of (seed, purpose, keys); keys are not negative."""
    return np.random.Generator(np.random.SFC64([seed, int(purpose), *keys]))


def mix(bits: Array) -> Array:
    """Scramble 64-bit integers one to one (the finaliser of splitmix64)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def hashed(seed: int, purpose: Purpose, *keys: Array | int) -> Array:
    """Return 64 random bits for each element of the keys, broadcast together."""
    state = mix(np.array([seed * 64 + int(purpose)], np.uint64))
    for key in keys:
        step = np.asarray(key).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        state = mix(state + step + np.uint64(0x632BE59BD9B4E019))
    return state


def uniform(seed: int, purpose: Purpose, *keys: Array | int) -> Array:
    """Return a float in [0, 1) for each element of the keys, broadcast together."""
    return (hashed(seed, purpose, *keys) >> np.uint64(11)) * 2.0**-53


def pick(cumulative: Array, draws: Array) -> Array:
    """Return, for draws in [0, 1), indices by the weights summed up in cumulative."""
    if not len(draws):
        return np.zeros(draws.shape, np.int64)
    found = np.searchsorted(cumulative, draws * cumulative[-1], side="right")
    return np.minimum(found, len(cumulative) - 1)
