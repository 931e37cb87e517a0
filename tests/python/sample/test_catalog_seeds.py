"""A seed may draw more programmes of a genre than the genre has titles."""

from __future__ import annotations

import pytest

from ott.sample import catalog


# the first of the seeds below 300 for which there were not enough titles
@pytest.mark.parametrize("seed", [6, 23, 26, 35, 36, 63])
def test_a_genre_without_titles_left_gets_further_seasons(seed: int) -> None:
    built = catalog.build(seed)
    for titles in (built.title, built.title_en):
        seasons = [title for title in titles if title.endswith(" 2")]
        assert seasons
        assert {title.removesuffix(" 2") for title in seasons} < set(titles)
    assert len(set(built.title)) == len(built.title)


def test_the_titles_of_the_default_seed_have_no_seasons() -> None:
    built = catalog.build(7)
    assert not [title for title in built.title if title.endswith(" 2")]
