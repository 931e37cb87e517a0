"""The price rise makes some leave and some take a smaller product, and nobody else."""

from __future__ import annotations

from datetime import date

import numpy as np

from ott.sample import lives, world
from ott.sample.clock import DAY, day_number
from ott.sample.price_rise import LEAVES, STEPS_DOWN, react
from ott.sample.randomness import Array

from .conftest import SMALL


def local(day: date) -> int:
    """Local second at which a KST day begins."""
    return day_number(day) * DAY


def test_only_a_monthly_pass_that_would_renew_at_the_new_price_reacts() -> None:
    starts = [
        *(date(2025, 9, 15), date(2025, 10, 31), date(2025, 11, 1)),
        *(date(2025, 9, 15), date(2025, 9, 15)),
    ]
    start = np.array([local(day) for day in starts])
    # the last but one ends before the rise, the last one is sold by the year
    periods = np.array([5, 5, 5, 1, 5])
    is_monthly = np.array([True, True, True, True, False])
    nobody = np.zeros(5, bool)
    left, gives_up, steps_down = react(
        start, periods, is_monthly, nobody, np.full(5, LEAVES - 0.001)
    )
    assert left.tolist() == [2, 1, 5, 1, 5]
    assert gives_up.tolist() == [True, True, False, False, False]
    assert not steps_down.any()


def test_nobody_steps_down_from_the_smallest_product() -> None:
    start, periods = np.full(3, local(date(2025, 9, 15))), np.full(3, 5)
    is_lowest = np.array([True, False, False])
    chance = np.array([LEAVES, LEAVES, STEPS_DOWN])
    left, gives_up, steps_down = react(
        start, periods, np.ones(3, bool), is_lowest, chance
    )
    assert left.tolist() == [5, 2, 5]
    assert not gives_up.any()
    assert steps_down.tolist() == [False, True, False]


def ended(known: lives.Lives, month: date, following: date) -> tuple[Array, Array]:
    """Monthly stretches there when a month began, and which of them ended in it."""
    sold = known.product < lives.YEARLY
    there = sold & (known.start < local(month)) & (known.end > local(month))
    return there, there & (known.end < local(following))


def test_more_leave_and_step_down_in_the_month_of_the_rise() -> None:
    known = world.build(SMALL).lives
    _, gone_before = ended(known, date(2025, 9, 1), date(2025, 10, 1))
    there, gone = ended(known, date(2025, 11, 1), date(2025, 12, 1))
    before, after = gone_before.sum() / there.sum(), gone.sum() / there.sum()
    assert after > 1.5 * before
    smaller = gone & (known.ending == lives.CONVERTED)
    assert smaller.sum() >= 5
    # a subscription steps down within itself, by one product
    for index in np.flatnonzero(smaller):
        following = (
            (known.account == known.account[index])
            & (known.slot == known.slot[index])
            & (known.place == known.place[index] + 1)
        )
        if following.any():
            (next_index,) = np.flatnonzero(following)
            assert known.product[next_index] == known.product[index] - 1
            assert known.first_type[next_index] == lives.RENEW
            assert known.start[next_index] == known.end[index]
