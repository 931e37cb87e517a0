"""Conversations with the content search, and the bulk tests of its prompts."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from ott.sample import words
from ott.sample.clock import DAY, KST, day_date, day_number, instant
from ott.sample.hours import WORKDAY_HOURS
from ott.sample.members import uno_number
from ott.sample.randomness import Purpose, mix, pick, stream
from ott.sample.world import DayState, Wishes, World
from ott.sample.write import table_of

TURN, EVALUATION = "search.conversation_turn", "search.evaluation_result"
CONVERSATIONS_PER_PLAY, MOST_CONVERSATIONS = 0.03, 200
PROMPTS = (
    ("v1", date(2025, 1, 1)),
    ("v2", date(2025, 9, 15)),
    ("v3", date(2026, 3, 2)),
)
# For two weeks before a prompt replaces the last, a fifth of the conversations try it.
TRIAL_DAYS, TRIAL_SHARE = 14, 0.2
ANSWERED = {"v1": 0.88, "v2": 0.93, "v3": 0.95}
HITS = {"v1": 0.52, "v2": 0.66, "v3": 0.74}
LATENCY_MS = {"v1": 900, "v2": 1_350, "v3": 1_050}
QUESTIONS = (
    "{title} 같은 작품 추천해 줘",
    "{genre} 중에 요즘 인기 있는 거 알려 줘",
    "{cast} 나오는 작품 보여 줘",
    "비 오는 날 보기 좋은 {genre} 있어?",
    "{title} 다음 화 언제 나와?",
    "아이랑 같이 볼 만한 거 찾아 줘",
    "제목이 기억 안 나는데 {synopsis}",
)
FOLLOW_UPS = ("그것 말고 다른 건?", "더 짧은 걸로", "2026년 작품만", "이건 봤어. 또?")
WISHES = (
    "자막 크게 볼 수 있어?",
    "지난 시즌도 올려 줘",
    "오프라인 저장 되나요?",
    "ㅁㄴㅇㄹ",
)
QUESTIONS_PER_TEST = 40


@lru_cache(maxsize=4)
def turns(world: World, day: int) -> list[dict[str, Any]]:
    """Return the turns asked on a UTC day, in order.

    Besides the columns of the contract a row holds ``_account``, the place of the
    account, ``_second``, the local second, and ``_program``, the one clicked or -1.
    """
    settings = world.settings
    random = stream(settings.seed, Purpose.SEARCH, day)
    state = world.day(day)
    expected = settings.plays_per_day * CONVERSATIONS_PER_PLAY
    number = state.guests(min(int(random.poisson(expected)), MOST_CONVERSATIONS))
    accounts = pick(state.weight, random.random(number))
    utc_hours = np.cumsum(np.roll(WORKDAY_HOURS, -9))
    begins = day * DAY + pick(utc_hours, random.random(number)) * 3600
    begins = begins + KST + random.integers(0, 3000, number)
    found = []
    for place in range(number):
        account, second = int(accounts[place]), int(begins[place])
        found += _conversation(world, state, random, place, account, second)
    return [row for row in found if (row["_second"] - KST) // DAY == day]


def _conversation(
    world: World,
    state: DayState,
    random: np.random.Generator,
    place: int,
    account: int,
    second: int,
) -> list[dict[str, Any]]:
    settings, catalog = world.settings, world.catalog
    conversation = int(
        mix(np.array([(state.day << 20) + place + settings.seed], np.uint64))[0]
    )
    version = _prompt(state.day, random)
    uno = str(uno_number(world.members.number[account : account + 1])[0])
    rows = []
    for turn in range(1, 1 + min(int(random.geometric(0.55)), 6)):
        program = int(pick(state.popularity, random.random(1))[0])
        question = QUESTIONS[int(random.integers(len(QUESTIONS)))]
        if turn > 1 and random.random() < 0.6:
            question = FOLLOW_UPS[int(random.integers(len(FOLLOW_UPS)))]
        answered = random.random() < ANSWERED[version]
        if not answered:
            question = WISHES[int(random.integers(len(WISHES)))]
        results = _results(world, state, random, program, HITS[version])
        rank = int(random.geometric(0.45)) - 1
        clicks = answered and random.random() < 0.36 and rank < len(results)
        clicked = results[rank] if clicks else -1
        latency = int(LATENCY_MS[version] * random.lognormal(0, 0.35))
        asked = instant(second) + int(random.integers(1_000_000))
        rows.append(
            {
                "turn_id": f"{conversation:016x}-{turn}",
                "conversation_id": f"{conversation:016x}",
                "turn_number": turn,
                "uno": uno,
                "asked_at": asked,
                "question": _asked(world, program, question),
                "prompt_version": version,
                "is_answered": answered,
                "latency_ms": latency,
                "result_program_ids": [catalog.program_ids[p] for p in results]
                if answered
                else [],
                "clicked_program_id": catalog.program_ids[clicked] if clicks else None,
                "ingested_at": asked + latency * 1000 + int(random.integers(4 * 10**6)),
                "_account": account,
                "_second": second,
                "_program": clicked,
            }
        )
        second += 20 + int(random.integers(90))
    return rows


def _prompt(day: int, random: np.random.Generator) -> str:
    today, chance = day_date(day), random.random()
    version = PROMPTS[0][0]
    for name, since in PROMPTS:
        wait = (since - today).days
        if wait <= 0 or (wait <= TRIAL_DAYS and chance < TRIAL_SHARE):
            version = name
    return version


def _asked(world: World, program: int, question: str) -> str:
    catalog = world.catalog
    people = catalog.cast[program] or "김하린"
    return question.format(
        title=catalog.title[program],
        genre=words.GENRES[catalog.genre[program]],
        cast=people.split(", ")[0],
        synopsis=catalog.synopsis[program].rstrip("."),
    )


def _results(
    world: World,
    state: DayState,
    random: np.random.Generator,
    program: int,
    hit: float,
) -> list[int]:
    """Return up to five programmes, the wanted one mostly first."""
    others = pick(state.popularity, random.random(5)).tolist()
    others = list(dict.fromkeys(other for other in others if other != program))
    if random.random() < hit:
        return [program, *others][:5]
    if random.random() < 0.5:
        return [*others[:2], program, *others[2:]][:5]
    return others


def clickers(world: World, day: int) -> Wishes:
    """Return who watches on a KST day what the search showed on it."""
    asked = [*turns(world, day - 1), *turns(world, day)]
    clicked = [
        row
        for row in asked
        if row["_program"] >= 0
        and row["_second"] // DAY == day
        and row["latency_ms"] % 10 < 7
    ]
    return Wishes(
        np.array([row["_account"] for row in clicked], np.int64),
        np.array([row["_second"] + 60 for row in clicked], np.int64),
        np.array([row["_program"] for row in clicked], np.int64),
    )


def turn_rows(world: World, arrival: int) -> pa.Table | None:
    """Return the turns that arrive on a UTC day, None where there are none.

    The contract refuses a few of them, and a few come twice or a day late.
    """
    rows = []
    for back in (1, 0):
        for row in turns(world, arrival - back):
            chance = int(row["conversation_id"], 16) // 7 % 1_000 + row["turn_number"]
            sent = dict(row)
            if chance < 8:
                sent["ingested_at"] += DAY * 10**6
            elif chance < 14:
                sent.update(_fault(sent, chance))
            rows.append(sent)
            if 500 <= chance < 510:
                rows.append({**sent, "ingested_at": sent["ingested_at"] + 90 * 10**6})
    kept = [row for row in rows if row["ingested_at"] // 10**6 // DAY == arrival]
    kept.sort(key=lambda row: (row["ingested_at"], row["turn_id"] or ""))
    return table_of(TURN, kept) if kept else None


def _fault(row: dict[str, Any], chance: int) -> dict[str, Any]:
    return (
        {"turn_id": None},
        {"uno": ""},
        {"asked_at": None},
        {"asked_at": row["ingested_at"] + 3600 * 10**6},
        {"question": f" {row['question']} "},
        {"prompt_version": None},
    )[chance - 8]


def evaluation_rows(world: World) -> pa.Table:
    """Return the bulk tests: every second Monday, each prompt that may answer."""
    settings, catalog = world.settings, world.catalog
    first, last = day_number(settings.start), day_number(settings.end)
    rows = []
    for day in range(first, last + 1):
        # 2025-01-06 is a Monday; so is every 14th day after it.
        if (day - day_number(date(2025, 1, 6))) % 14:
            continue
        random = stream(settings.seed, Purpose.EVALUATION, day)
        state = world.day(day - 14)
        for version, since in PROMPTS:
            if (day_number(since) - day) > TRIAL_DAYS:
                continue
            run_at = instant(day * DAY + 6 * 3600)
            for question in range(QUESTIONS_PER_TEST):
                wanted = int(pick(state.popularity, random.random(1))[0])
                text = QUESTIONS[question % len(QUESTIONS)]
                results = _results(world, state, random, wanted, HITS[version])
                if random.random() > ANSWERED[version]:
                    results = []
                rows.append(
                    {
                        "evaluation_run_id": f"EVAL-{day_date(day):%Y%m%d}-{version}",
                        "run_at": run_at,
                        "prompt_version": version,
                        "question_id": f"Q{question + 1:03d}",
                        "question": _asked(world, wanted, text),
                        "expected_program_id": catalog.program_ids[wanted],
                        "result_program_ids": [catalog.program_ids[p] for p in results],
                        "latency_ms": int(
                            LATENCY_MS[version] * random.lognormal(0, 0.3)
                        ),
                    }
                )
    return table_of(EVALUATION, rows)
