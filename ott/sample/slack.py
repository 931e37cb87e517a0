"""The company's Slack: questions about data and their answers, alerts, joins."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from ott.sample.clock import DAY, KST, day_number, is_free
from ott.sample.people import DATA, DEPARTMENTS, PEOPLE, email
from ott.sample.randomness import Purpose, stream
from ott.sample.settings import SERVICE_LAUNCH, Settings

QUESTIONS_CHANNEL, ALERTS_CHANNEL, EVERYONE = (
    "data_communication",
    "data_alerts",
    "general",
)
CHANNELS = (EVERYONE, QUESTIONS_CHANNEL, ALERTS_CHANNEL)
BOT_MEMBER, BOT = "U00BOT", "B00OTTDATA"
QUESTIONS = (
    "어제 First View 순위가 왜 바뀌었나요?",
    "지난주 시청시간에 스마트TV가 유난히 많은데 맞는 숫자인가요?",
    "B2B 가입자는 유료가입자에 포함되나요?",
    "이탈이 자발인지 어떻게 구분하나요?",
    "푸시 캠페인 대조군은 어디서 볼 수 있죠?",
    "이 쿼리 비용이 얼마나 나올까요?",
    "viewing_daily랑 대시보드 숫자가 조금 달라요. 확인 부탁드려요",
)
ANSWERS = (
    "확인해 볼게요.",
    "마트 설명에 정의가 있어요. 링크 드릴게요.",
    "중복 집계 건이 있어서 overlap 지표를 같이 봐 주세요.",
    "맞습니다. KST 기준 하루예요.",
    "오늘 아침 빌드에 반영됐어요.",
)
REMARKS = ("오늘 주간 지표 공유드립니다.", "감사합니다!", "회의는 10시로 옮길게요.")
ALERTS = ("일일 빌드 완료", "품질 점검 경고: viewing_overlap", "player 로그 지연 감지")
ANSWERED_SHARE = 0.86


def member_id(person: int) -> str:
    """Return the Slack id of a person by place in ``PEOPLE``."""
    return f"U{person + 1:05d}"


def messages(settings: Settings) -> list[dict[str, Any]]:
    """Return the messages of the sample's KST days, by time."""
    rows: list[dict[str, Any]] = []
    for day in range(day_number(settings.start), day_number(settings.end) + 1):
        rows += _day(settings.seed, day)
    return sorted(rows, key=lambda row: (row["channel"], row["ts"]))


def _day(seed: int, day: int) -> list[dict[str, Any]]:
    random = stream(seed, Purpose.SLACK, day)
    rows = [_message(ALERTS_CHANNEL, day, 8 * 3600 + 60, random, None, ALERTS[0])]
    if random.random() < 0.15:
        text = ALERTS[1 + int(random.integers(2))]
        rows.append(_message(ALERTS_CHANNEL, day, 8 * 3600 + 400, random, None, text))
    here = [p for p, person in enumerate(PEOPLE) if day_number(person[3]) <= day]
    for person in here:
        if day_number(PEOPLE[person][3]) == day:
            text = f"<@{member_id(person)}> has joined the channel"
            joined = _message(EVERYONE, day, 9 * 3600, random, person, text)
            rows.append({**joined, "subtype": "channel_join", "client_msg_id": None})
    askers = [person for person in here if PEOPLE[person][1] != DATA]
    helpers = [person for person in here if PEOPLE[person][1] == DATA]
    if is_free(day) or not askers or not helpers:
        return rows
    for _ in range(int(random.poisson(2.6))):
        asker = askers[int(len(askers) * random.random() ** 1.4)]
        second = int(random.integers(9 * 3600, 18 * 3600))
        text = QUESTIONS[int(random.integers(len(QUESTIONS)))]
        rows += _thread(day, second, random, asker, helpers, text)
    for _ in range(int(random.poisson(1.5))):
        person = here[int(random.integers(len(here)))]
        second = int(random.integers(9 * 3600, 19 * 3600))
        text = REMARKS[int(random.integers(len(REMARKS)))]
        channel = CHANNELS[int(random.integers(2))]
        rows.append(_message(channel, day, second, random, person, text))
    return rows


def _thread(
    day: int,
    second: int,
    random: np.random.Generator,
    asker: int,
    helpers: list[int],
    text: str,
) -> list[dict[str, Any]]:
    """Return a question and its replies within the day, or a question alone."""
    question = _message(QUESTIONS_CHANNEL, day, second, random, asker, text)
    if random.random() >= ANSWERED_SHARE:
        return [question]
    replies = []
    at = second
    for turn in range(1 + int(random.integers(3))):
        at = min(at + 60 + int(random.exponential(2_400)), DAY - 10 + turn)
        helper = helpers[int(len(helpers) * random.random() ** 1.3)]
        writer = asker if turn == 1 else helper
        answer = ANSWERS[int(random.integers(len(ANSWERS)))]
        if writer == asker:
            answer = REMARKS[1]
        reply = _message(QUESTIONS_CHANNEL, day, at, random, writer, answer)
        parent = {"thread_ts": question["ts"], "parent_user_id": question["user"]}
        replies.append(reply | parent)
    question["thread_ts"] = question["ts"]
    question["reply_count"] = len(replies)
    question["reply_users_count"] = len({reply["user"] for reply in replies})
    if random.random() < 0.4:
        thanks = {"name": "pray", "users": [member_id(asker)], "count": 1}
        replies[0]["reactions"] = [thanks]
    return [question, *replies]


def _message(
    channel: str,
    day: int,
    second: int,
    random: np.random.Generator,
    person: int | None,
    text: str,
) -> dict[str, Any]:
    """Return a row of ``slack.message``; without a person the bot writes."""
    is_bot = person is None
    micros = int(random.integers(1_000_000))
    client = f"{int(random.integers(2**62)):032x}"
    return {
        "channel": channel,
        "ts": f"{day * DAY - KST + second}.{micros:06d}",
        "type": "message",
        "subtype": "bot_message" if is_bot else None,
        "user": None if person is None else member_id(person),
        "text": text,
        "thread_ts": None,
        "parent_user_id": None,
        "bot_id": BOT if is_bot else None,
        "client_msg_id": None if is_bot else client,
        "reply_count": None,
        "reply_users_count": None,
        "reactions": [],
    }


def members(settings: Settings) -> list[dict[str, Any]]:
    """Return the members of the workspace by the end, the bot among them."""
    rows = []
    for person, (name, department, _, joined) in enumerate(PEOPLE):
        if joined <= settings.end:
            address, title = email(name), DEPARTMENTS[department]
            rows.append(_member(member_id(person), name, address, title, joined, False))
    bot = ("ottdata", None, "bot", SERVICE_LAUNCH, True)
    return [*rows, _member(BOT_MEMBER, *bot)]


def _member(
    key: str, name: str, address: str | None, title: str, joined: date, is_bot: bool
) -> dict[str, Any]:
    shown = name.replace(".", " ").title()
    return {
        "id": key,
        "name": name,
        "real_name": shown,
        "deleted": False,
        "is_bot": is_bot,
        "tz": "Asia/Seoul",
        "updated": day_number(joined) * DAY,
        "profile": {"email": address, "display_name": shown, "title": title},
    }


def channels(settings: Settings) -> list[dict[str, Any]]:
    """Return the public channels with the members they have by the end."""
    everyone = [row["id"] for row in members(settings)]
    purposes = ("전사 공지", "데이터 질문과 답변", "파이프라인 알림")
    return [
        {
            "id": f"C{number:05d}",
            "name": name,
            "created": day_number(SERVICE_LAUNCH) * DAY,
            "creator": member_id(0),
            "is_archived": False,
            "is_general": name == EVERYONE,
            "members": everyone,
            "topic": {"value": ""},
            "purpose": {"value": purpose},
        }
        for number, (name, purpose) in enumerate(
            zip(CHANNELS, purposes, strict=True), 1
        )
    ]
