"""Raw logs of 37 Korean days: few accounts, and each day shows what a window can miss.

Every day has, beside ordinary plays:

* an account whose B2C spell starts (`starter`), so that First View is not empty;
* a play across midnight and one the next morning that it covers (`night`, `morning`);
* plays in the last microsecond of the day and in the first of it (`last`, `edge`);
* copies sent again, late, with other content or on the other side of midnight;
* refused rows, some late, and an account number that nobody saw before.

Nothing arrives later than the lookback, so daily runs miss none of it.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from raw_folder import table_named, write_file

Row = dict[str, Any]
Raw = dict[str, list[Row]]

MICRO, MINUTE, HOUR = (
    timedelta(**{u: 1}) for u in ("microseconds", "minutes", "hours")
)
DAY = timedelta(days=1)
LOOKBACK = 3
FIRST = date(2026, 3, 1)
LAST = FIRST + 36 * DAY
# Nobody subscribes on it: so the report of the week after shows that day's plays alone.
QUIET = FIRST + 14 * DAY
ACCOUNTS = ("u0", "u1", "u2", "u3", "u4")
# The last one comes just before the run whose lookback begins with the play's day.
DELAYS = (5 * MINUTE, 2 * HOUR, 20 * HOUR, 2 * DAY, LOOKBACK * DAY + 6 * HOUR)
LOGS = ("player.viewing_log", "billing.subscription_event", "crm.push_event")
PROGRAMS = {"P1": "C1", "P2": "C2", "P3": "C3", "P4": "C4", "P9": "C9"}
TYPES = {"C1": "VOD", "C2": "MOVIE", "C3": "LIVE", "C4": "VOD", "C9": "VOD"}


def kst(day: date, hours: float = 0) -> datetime:
    """An instant of a Korean day, as UTC."""
    return datetime(day.year, day.month, day.day) + timedelta(hours=hours - 9)


def starter(day: date) -> str:
    """The account whose B2C spell starts on a day, but for the quiet one."""
    return ACCOUNTS[day.toordinal() % len(ACCOUNTS)]


def arrived(row: Row, at: datetime) -> Row:
    """The row as it arrives at an instant."""
    return row | {"ingested_at": at, "ingest_date": at.date()}


def play(log_id: str, uno: str, start: datetime, length: timedelta, **more: Any) -> Row:
    """A sound play of C1 on the account's television; `delay` is until its arrival."""
    delay = more.pop("delay", 5 * MINUTE)
    row = {
        "log_id": log_id,
        "uno": uno,
        "profile_id": f"{uno}-1",
        "device_id": f"{uno}-tv",
        "device_type": "TV",
        "app_version": "1.0",
        "content_id": "C1",
        "charge_type": "SVOD",
        "started_at": start,
        "ended_at": start + length,
        "play_seconds": int(length.total_seconds()),
    } | more
    return arrived(row, start + max(delay, length))


def refused(log_id: str, uno: str, start: datetime, delay: timedelta) -> Row:
    """A row of which the player says that it lasted less than no time."""
    return play(log_id, uno, start, HOUR, play_seconds=-1, delay=delay)


def plays_of(day: date) -> list[Row]:
    """What happened on a Korean day, whenever it arrives."""
    random = Random(day.toordinal())
    today, tomorrow = starter(day), starter(day + DAY)
    movie = {"content_id": "C2", "charge_type": "TVOD"}
    phone = {"device_id": "phone", "device_type": "PHONE"}
    noon = play(f"noon-{day}", today, kst(day, 12), HOUR, delay=2 * HOUR)
    moved = play(f"moved-{day}", "u7", kst(day, 23.9), 5 * MINUTE, **phone)
    rows = [
        noon,
        arrived(noon | {"app_version": "1.1"}, kst(day, 20)),
        arrived(noon | {"content_id": "C2"}, kst(day, 12) + DELAYS[-1]),
        moved,
        # sent again as a play of the next day
        arrived(
            moved | {"started_at": kst(day, 24.1), "ended_at": kst(day, 24.2)},
            kst(day + DAY, 9),
        ),
        play(f"film-{day}", today, kst(day, 20), 2 * HOUR, **movie, delay=20 * HOUR),
        play(f"over-{day}", today, kst(day, 21), 1.5 * HOUR, **movie, delay=2 * DAY),
        play(f"morning-{day}", today, kst(day, 2 / 3), 80 * MINUTE, content_id="C4"),
        play(f"night-{day}", tomorrow, kst(day, 23.5), 2 * HOUR, delay=DELAYS[-1]),
        play(f"last-{day}", "u5", kst(day, 24) - MICRO, HOUR, **phone),
        play(f"edge-{day}", "u6", kst(day), HOUR, content_id="C3", charge_type="FREE"),
        # arrives on the UTC date before its Korean day
        play(f"early-{day}", "u6", kst(day, 6), HOUR, content_id="C2"),
        play(f"guest-{day}", f"guest-{day}", kst(day, 15), HOUR, **phone),
        refused(f"bad-{day}", today, kst(day, 10), 5 * MINUTE),
        refused(f"late-bad-{day}", "u6", kst(day, 11), DELAYS[-1]),
        # sound when it came for the second time
        refused(f"twice-{day}", "u5", kst(day, 14), 5 * MINUTE),
        play(f"twice-{day}", "u5", kst(day, 14), HOUR, delay=2 * DAY),
    ]
    for number in range(6):
        start = kst(day, random.randrange(2, 22)) + random.randrange(60) * MINUTE
        row = play(
            f"any-{number}-{day}",
            random.choice(ACCOUNTS),
            start,
            random.randrange(1, 240) * MINUTE,
            device_type=random.choice(("TV", "TABLET", None)),
            content_id=random.choice(("C1", "C2", "C3", "C4", "gone")),
            charge_type=random.choice(("SVOD", "TVOD", "FREE")),
            delay=random.choice(DELAYS),
        )
        rows.append(row)
    return rows


def events_of(day: date) -> list[Row]:
    """The pass of 26 hours that the day's account buys; a partner's, bought once.

    Some come late, some are sent again with another means of payment, some refused.
    """
    bought = [] if day == QUIET else [(starter(day), "BASIC_M", 26 * HOUR)]
    if day == FIRST + DAY:
        bought.append(("u6", "TELCO_BASIC_M", 60 * DAY))
    delay = 2 * DAY if day.day % 6 == 0 else HOUR
    events = [
        arrived(
            {
                "event_id": f"{uno}-{day}",
                "subscription_id": uno,
                "uno": uno,
                "event_type": "SUBSCRIBE",
                "product_code": product,
                "occurred_at": kst(day, 9),
                "period_start": kst(day, 9),
                "period_end": kst(day, 9) + length,
                "paid_amount": "7,900",
                "currency": "KRW",
                "payment_method": "CARD",
            },
            kst(day, 9) + delay,
        )
        for uno, product, length in bought
    ]
    if day.day % 4 == 0:
        again = [event | {"payment_method": "PHONE"} for event in events]
        bad = [
            event | {"event_id": f"bad-{day}", "currency": "USD"} for event in events
        ]
        events += [arrived(event, kst(day, 60)) for event in again + bad]
    return events


def pushes_of(day: date) -> list[Row]:
    """The day's two campaigns, each with a control: at midnight and at eleven."""
    today, other = starter(day), "u6"
    sent = [
        (f"P9-{day}", today, "SENT", kst(day)),
        (f"P9-{day}", "u5", "CONTROL", kst(day)),
        (f"P1-{day}", today, "SENT", kst(day, 11)),
        (f"P1-{day}", starter(day + DAY), "SENT", kst(day, 11)),
        (f"P1-{day}", today, "OPENED", kst(day, 11.5)),
        (f"P1-{day}", other, "CONTROL", kst(day, 11)),
    ]
    return [
        arrived(
            {
                "event_id": f"{campaign}-{uno}-{kind}",
                "campaign_id": campaign,
                "uno": uno,
                "event_type": kind,
                "occurred_at": at,
                "payload": '{"os": "ios"}',
            },
            at + HOUR,
        )
        for campaign, uno, kind, at in sent
    ]


def everything() -> Raw:
    """The eight raw tables of the marts, complete."""
    then = {"updated_at": datetime(2026, 1, 1)}
    days = [FIRST + number * DAY for number in range((LAST - FIRST).days + 1)]
    return {
        "player.viewing_log": [row for day in days for row in plays_of(day)],
        "billing.subscription_event": [row for day in days for row in events_of(day)],
        "member.account": [{"uno": uno, **then} for uno in (*ACCOUNTS, None)],
        "member.profile": [
            {"profile_id": f"{uno}-1", "uno": uno, **then} for uno in ACCOUNTS
        ],
        "catalog.program": [
            {"program_id": program, "title": f"title of {program}", **then}
            for program in (*PROGRAMS, None)
        ],
        "catalog.content": [
            {"content_id": content, "program_id": program, "runtime_seconds": 3600}
            | {"content_type": TYPES[content], **then}
            for program, content in PROGRAMS.items()
        ],
        "crm.push_campaign": [
            {"campaign_id": f"{program}-{day}", "program_id": program, **then}
            for day in days
            for program in ("P1", "P9")
        ],
        "crm.push_event": [row for day in days for row in pushes_of(day)],
    }


def morning_after(day: date) -> datetime:
    """When the run of a closed day reads the raw logs: at 8 the next morning."""
    return kst(day, 32)


def as_of(raw: Raw, day: date, logs: tuple[str, ...] = LOGS) -> Raw:
    """What has arrived when the run of a closed day reads the raw logs."""
    return {
        name: [
            row
            for row in rows
            if name not in logs or row["ingested_at"] < morning_after(day)
        ]
        for name, rows in raw.items()
    }


def with_plays(raw: Raw, rows: list[Row]) -> Raw:
    """The raw tables with more viewing logs."""
    return raw | {"player.viewing_log": [*raw["player.viewing_log"], *rows]}


def write_folder(raw: Raw, folder: Path) -> None:
    """Write the raw tables in the place of those that are there."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, rows in raw.items():
        if not table_named(name).is_log:
            write_file(folder, name, rows)
            continue
        by_arrival = defaultdict(list)
        for row in rows:
            by_arrival[row["ingest_date"]].append(row)
        for day, arrivals in by_arrival.items():
            write_file(folder, name, arrivals, inside=f"ingest_date={day}")
