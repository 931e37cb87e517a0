"""What the rise of prices does to the customers who meet it at their next renewal."""

from __future__ import annotations

import numpy as np

from ott.sample.clock import DAY, day_number, month_number
from ott.sample.randomness import Array
from ott.sample.settings import PRICE_RISE_ON

LEAVES, STEPS_DOWN = 0.12, 0.19


def react(
    start: Array, periods: Array, is_monthly: Array, is_lowest: Array, chance: Array
) -> tuple[Array, Array, Array]:
    """Let some whose pass would renew at the new price leave or take a smaller one.

    Args:
        start: local second at which each stretch starts.
        periods: periods that it would have.
        is_monthly: whether it is sold by the month, at a price that rises.
        is_lowest: whether there is no smaller product.
        chance: uniform draws.

    Returns:
        The periods, and masks of those who leave and of those who step down.
    """
    rise = day_number(PRICE_RISE_ON) * DAY
    # prices rise on the first of a month, so every later month renews at the new one
    before = month_number(np.array(rise)) - month_number(start)
    meets = is_monthly & (start < rise) & (periods > before)
    leaves = meets & (chance < LEAVES)
    steps_down = meets & ~leaves & ~is_lowest & (chance < STEPS_DOWN)
    return np.where(leaves | steps_down, before, periods), leaves, steps_down
