"""Each genre has hours and ages of its own."""

from __future__ import annotations

import numpy as np
import pytest

from ott.sample.hours import HOLIDAY_HOURS, WORKDAY_HOURS, start_hours
from ott.sample.words import ANIME, DRAMA, GENRES, KIDS, NEWS, VARIETY

from .conftest import Query

PLAYS = """
    with programs as (
        select program_id, any_value(genre) as genre from catalog.program
        where genre <> '기타' group by all
    )

    select distinct log.log_id, log.uno, programs.genre,
        hour(log.started_at at time zone 'UTC' + interval 9 hour) as hour
    from player.viewing_log as log
    join (select distinct content_id, program_id from catalog.content) as content
        on trim(log.content_id) = content.content_id
    join programs using (program_id)
    where log.started_at > '2011-01-01' and log.ended_at >= log.started_at
"""


def shares(genre: int, is_day_off: bool) -> list[float]:
    """Return how often each hour comes of evenly spread chances."""
    chance = (np.arange(100_000) + 0.5) / 100_000
    found = start_hours(np.full(len(chance), genre), is_day_off, chance)
    return (np.bincount(found, minlength=24) / len(chance)).tolist()


@pytest.mark.parametrize("is_day_off", [False, True])
def test_a_genre_without_own_hours_follows_the_day(is_day_off: bool) -> None:
    usual = np.array(HOLIDAY_HOURS if is_day_off else WORKDAY_HOURS)
    np.testing.assert_allclose(
        shares(VARIETY, is_day_off), usual / usual.sum(), atol=1e-4
    )


@pytest.mark.parametrize(
    ("genre", "hours"),
    [
        *((DRAMA, (20, 21, 22)), (ANIME, (22, 23, 0, 1))),
        *((KIDS, (7, 8, 9, 16, 17)), (NEWS, (6, 7, 8, 12))),
    ],
)
def test_half_of_the_sessions_keep_the_hours_of_their_genre(
    genre: int, hours: tuple[int, ...]
) -> None:
    usual = np.array(WORKDAY_HOURS) / sum(WORKDAY_HOURS)
    expected = 0.5 + 0.5 * sum(usual[hour] for hour in hours)
    found = shares(genre, is_day_off=False)
    assert sum(found[hour] for hour in hours) == pytest.approx(expected, abs=1e-3)


def test_the_greatest_chance_stays_within_the_day() -> None:
    below_one = np.full(len(GENRES), np.nextafter(1, 0))
    assert (start_hours(np.arange(len(GENRES)), False, below_one) <= 23).all()


def test_the_plays_of_a_genre_lie_in_its_hours(query: Query) -> None:
    found = {
        genre: (night, morning, evening)
        for genre, night, morning, evening in query(
            f"select genre, avg((hour < 6)::int), avg((hour between 6 and 11)::int), "
            f"avg((hour >= 18)::int) from ({PLAYS}) group by all"
        )
    }
    night, morning, evening = zip(
        *(found[GENRES[genre]] for genre in (VARIETY, DRAMA, ANIME, KIDS, NEWS)),
        strict=True,
    )
    assert max(night) == night[2] > 2 * night[0]
    assert min(morning[3:]) > 1.3 * morning[0]
    assert max(evening) == evening[1] > 1.2 * evening[0]


def test_news_find_the_old_anime_the_young_and_kids_their_parents(
    query: Query,
) -> None:
    found = {
        genre: (young, parents, old)
        for genre, young, parents, old in query(
            f"""
            with born as (
                select uno, any_value(year(birth_date)) as born
                from member.account where year(birth_date) < 2020 group by all
            )

            select genre, avg((born > 1996)::int),
                avg((born between 1976 and 1996)::int), avg((born < 1966)::int)
            from (select distinct genre, uno from ({PLAYS})) join born using (uno)
            group by all
            """
        )
    }
    young, parents, old = zip(
        *(found[GENRES[genre]] for genre in (DRAMA, ANIME, KIDS, NEWS)), strict=True
    )
    assert max(young) == young[1] > 1.1 * young[0]
    assert max(parents) == parents[2] > 1.1 * parents[0]
    assert max(old) == old[3] > 1.1 * old[0]
