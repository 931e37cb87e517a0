"""The catalogue: programmes, their episodes, and how popular each is on a day.

It is the same whatever days are written; a day sees what was released by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from ott.sample import words
from ott.sample.clock import day_number
from ott.sample.randomness import Array, Purpose, stream
from ott.sample.settings import HORIZON

BACK_CATALOGUE = 150
BACK_CATALOGUE_SINCE = date(2012, 3, 1)
PREMIERES_SINCE = date(2025, 1, 6)
DAYS_PER_PREMIERE = 5.4
GENRE_WEIGHTS = (0.27, 0.19, 0.20, 0.10, 0.09, 0.05, 0.03, 0.07)
GENRE_APPEAL = (1.5, 1.2, 1.1, 0.35, 0.7, 0.6, 0.3, 0.5)
EPISODES = ((12, 20), (16, 90), (1, 1), (3, 8), (12, 26), (20, 44), (60, 160), (26, 52))
CADENCE_DAYS = (4, 7, 1, 7, 7, 7, 2, 7)
RUNTIME_MINUTES = (
    *((58, 72), (70, 95), (92, 142), (45, 58)),
    *((22, 26), (15, 40), (4, 22), (11, 15)),
)
SOLD_SINGLY_DAYS = 60
RELEASE_HOUR = 18


@dataclass(frozen=True, eq=False)
class Catalog:
    """Arrays with one element per programme, except those named ``content_…``.

    Programmes are numbered in the order of their genre within the whole horizon. The
    contents of programme p are ``first_content[p]`` and ``episodes[p] - 1`` after it.
    ``batch`` episodes come out every ``cadence`` days from ``first_day`` on.
    ``runtime`` is in seconds and true even where the written catalogue lacks it.
    """

    title: tuple[str, ...]
    title_en: tuple[str, ...]
    channel: tuple[str, ...]
    cast: tuple[str, ...]
    synopsis: tuple[str, ...]
    genre: Array
    is_live: Array
    is_original: Array
    is_sold_singly: Array
    first_day: Array
    episodes: Array
    cadence: Array
    batch: Array
    appeal: Array
    first_content: Array
    content_program: Array
    content_episode: Array
    content_runtime: Array
    content_is_free: Array

    @property
    def size(self) -> int:
        """Return the number of programmes."""
        return len(self.title)

    @cached_property
    def program_ids(self) -> list[str]:
        """Return the key of each programme."""
        return [f"P{number:05d}" for number in range(1, self.size + 1)]

    @cached_property
    def content_ids(self) -> list[str]:
        """Return the key of each content."""
        return [f"C{number:07d}" for number in range(1, len(self.content_program) + 1)]

    @cached_property
    def broken_program(self) -> int:
        """Return the programme whose catalogue rows are broken, a well-seen series."""
        candidates = np.flatnonzero(
            (self.genre == words.VARIETY)
            & ~self.is_live
            & (self.first_day < day_number(PREMIERES_SINCE))
        )
        return int(candidates[np.argsort(self.appeal[candidates])[-4]])

    @cached_property
    def clip_content(self) -> int:
        """Return the content whose type is none of the three."""
        return int(self.first_content[self.broken_program + 1])

    @cached_property
    def orphan_content(self) -> int:
        """Return the content that names no programme."""
        return self.clip_content + 1

    @cached_property
    def premieres(self) -> tuple[Array, Array]:
        """Return the programmes that draw people and their days, by day."""
        bar = np.quantile(self.appeal[~self.is_live], 0.55)
        found = np.flatnonzero(~self.is_live & (self.appeal > bar))
        found = found[np.argsort(self.first_day[found], kind="stable")]
        return found, self.first_day[found]

    def released(self, day: int) -> Array:
        """Return the number of episodes of each programme out by a KST day."""
        rounds = (day - self.first_day) // self.cadence + 1
        return np.clip(rounds * self.batch, 0, self.episodes)

    def release_day(self) -> Array:
        """Return the KST day on which each content came out."""
        program = self.content_program
        rounds = self.content_episode // self.batch[program]
        return self.first_day[program] + rounds * self.cadence[program]

    def popularity(self, day: int) -> Array:
        """Return the weight of each programme for a play on a KST day; 0 if not out."""
        age = day - self.first_day
        span = self.cadence * self.episodes / self.batch
        freshness = 3.0 * np.exp(-np.maximum(age, 0) / 25) + 1.2 * (age < span)
        weight = self.appeal * np.where(self.is_live, 1.0, 0.25 + freshness)
        return np.where(age >= 0, weight, 0.0)


def build(seed: int) -> Catalog:
    """Build the catalogue of a seed, up to the horizon."""
    random = stream(seed, Purpose.CATALOG)
    first_days = _first_days(random)
    drawn = random.choice(len(words.GENRES), len(first_days), p=GENRE_WEIGHTS)
    live = np.zeros(len(first_days), bool)
    channels = words.LIVE_CHANNELS
    genre = np.concatenate([drawn, [channel[2] for channel in channels]])
    live = np.concatenate([live, np.ones(len(channels), bool)])
    launch = np.full(len(channels), day_number(BACK_CATALOGUE_SINCE))
    first_day = np.concatenate([first_days, launch])
    order = np.argsort(genre, kind="stable")
    genre, live, first_day = genre[order], live[order], first_day[order]
    number = len(order)

    titles = [random.permutation(words.title_count(g)) for g in range(8)]
    taken, names = [0] * 8, []
    for position, index in enumerate(order):
        if live[position]:
            names.append(channels[index - len(first_days)][:2])
        else:
            kind = int(genre[position])
            # a genre with more programmes than titles has its seasons: 2, 3 …
            season, place = divmod(taken[kind], len(titles[kind]))
            suffix = f" {season + 1}" if season else ""
            korean, english = words.title_pair(kind, titles[kind][place])
            names.append((korean + suffix, english + suffix))
            taken[kind] += 1

    low, high = np.array(EPISODES)[genre].T
    episodes = np.where(live, 1, random.integers(low, high + 1))
    original = ~live & (random.random(number) < 0.22)
    all_at_once = original & (random.random(number) < 0.4)
    appeal = (random.pareto(1.25, number) + 0.15) * (1 + 0.5 * original)
    appeal = np.minimum(appeal, 14.0)
    appeal *= np.array(GENRE_APPEAL)[genre]
    appeal[live] = 3.0 + 4.0 * random.random(len(channels))

    first_content = np.concatenate([[0], np.cumsum(episodes)[:-1]])
    program = np.repeat(np.arange(number), episodes)
    episode = np.arange(len(program)) - first_content[program]
    shortest, longest = np.array(RUNTIME_MINUTES)[genre].T * 60
    usual = random.integers(shortest, longest + 1)
    wobble = random.integers(-90, 91, len(program))
    is_free = ((episode == 0) & ~original[program]) | (genre[program] == words.NEWS)
    is_free |= live[program] & (program % 3 > 0)
    return Catalog(
        title=tuple(korean for korean, _ in names),
        title_en=tuple(english for _, english in names),
        channel=tuple(
            _channel(names[p][0], bool(live[p]), bool(original[p]), random)
            for p in range(number)
        ),
        cast=tuple(_cast(int(genre[p]), random) for p in range(number)),
        synopsis=tuple(_synopsis(int(genre[p]), random) for p in range(number)),
        genre=genre,
        is_live=live,
        is_original=original,
        is_sold_singly=(genre == words.MOVIE) & ~live & (random.random(number) < 0.6),
        first_day=first_day,
        episodes=episodes,
        cadence=np.array(CADENCE_DAYS)[genre],
        batch=np.where(all_at_once, episodes, np.where(genre == words.DRAMA, 2, 1)),
        appeal=appeal,
        first_content=first_content,
        content_program=program,
        content_episode=episode,
        content_runtime=np.maximum(usual[program] + wobble, 180),
        content_is_free=is_free,
    )


def _first_days(random: np.random.Generator) -> Array:
    """Return the first days: older ones spread evenly, then one every few days."""
    since, change = day_number(BACK_CATALOGUE_SINCE), day_number(PREMIERES_SINCE)
    age = (change - since) * random.random(BACK_CATALOGUE) ** 2
    back = change - 1 - age.astype(np.int64)
    steps = np.arange(change, day_number(HORIZON) - 3, DAYS_PER_PREMIERE)
    fresh = steps.astype(np.int64) + random.integers(0, 4, len(steps))
    return np.concatenate([back, fresh])


def _channel(
    title: str, is_live: bool, is_original: bool, random: np.random.Generator
) -> str:
    if is_live:
        return title
    number = len(words.CHANNELS) - 1
    return words.CHANNELS[number if is_original else int(random.integers(number))]


def _cast(genre: int, random: np.random.Generator) -> str:
    if genre in (words.SPORTS, words.NEWS, words.KIDS, words.DOCUMENTARY):
        return ""
    people = []
    for _ in range(int(random.integers(2, 6))):
        surname = words.SURNAMES[int(random.integers(len(words.SURNAMES)))]
        given = words.GIVEN_NAMES[int(random.integers(len(words.GIVEN_NAMES)))]
        people.append(surname + given)
    return ", ".join(dict.fromkeys(people))


def _synopsis(genre: int, random: np.random.Generator) -> str:
    return words.SYNOPSES[genre].format(
        lead=words.LEADS[int(random.integers(len(words.LEADS)))],
        turn=words.TURNS[int(random.integers(len(words.TURNS)))],
        place=words.PLACE_NAMES[int(random.integers(len(words.PLACE_NAMES)))],
    )
