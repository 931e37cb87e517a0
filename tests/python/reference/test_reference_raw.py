"""Hand-worked examples of RAW.md section 3: kept, duplicate, quarantined."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from ott.contract import tables

from .contract import TABLES
from .examples import PRODUCTS, event, kst, marts, opened, play, raw_of
from .marts import build_marts, build_warehouse, hash_uno
from .raw import Settings, judge, parse_amount

NOON = kst("10 12:00")
MICRO = timedelta(microseconds=1)
DAY = timedelta(days=1)
HISTORY = kst("01") - (date(2024, 3, 1) - date(2011, 1, 1))


def reason(row: dict, **variables) -> str:
    """What became of one row: kept, or the reason."""
    name = "player.viewing_log" if "log_id" in row else "billing.subscription_event"
    warehouse = build_warehouse(raw_of(row), "p", PRODUCTS, Settings(**variables))
    judged = warehouse.judged[name]
    return judged.quarantined[0][0] if judged.quarantined else "kept"


def test_contract_is_that_of_the_sources():
    declared = {str(table): table for table in tables()}
    for name, table in TABLES.items():
        assert table.columns == declared[name].columns
        assert list(table.columns) == list(declared[name].columns)
        assert table.is_log == declared[name].is_log


def test_hash_is_sha512_of_pepper_and_uno():
    # sha512("abc"), FIPS 180-2 appendix C.1
    assert hash_uno("bc", "a").startswith("ddaf35a193617abacc417349ae204131")


VIEWING = [
    ({}, "kept"),
    ({"device_type": None, "app_version": None}, "kept"),
    ({"device_id": None}, "missing_key"),
    ({"profile_id": "   "}, "missing_key"),
    ({"ingested_at": None}, "missing_key"),
    ({"uno": None, "ended_at": NOON - MICRO}, "missing_key"),
    ({"ended_at": NOON}, "kept"),
    ({"ended_at": NOON - MICRO}, "end_before_start"),
    ({"ended_at": NOON + DAY}, "kept"),
    ({"ended_at": NOON + DAY + MICRO}, "too_long"),
    ({"ingested_at": NOON - timedelta(minutes=10)}, "kept"),
    ({"ingested_at": NOON - timedelta(minutes=10) - MICRO}, "in_the_future"),
    ({"started_at": HISTORY, "ended_at": HISTORY}, "kept"),
    ({"started_at": HISTORY - MICRO, "ended_at": HISTORY}, "before_history"),
    ({"play_seconds": None}, "bad_play_seconds"),
    ({"play_seconds": -1}, "bad_play_seconds"),
    ({"play_seconds": 86_400}, "kept"),
    ({"play_seconds": 86_401}, "bad_play_seconds"),
    ({"charge_type": "svod", "play_seconds": -1}, "bad_play_seconds"),
    ({"charge_type": "svod", "content_id": "?"}, "unknown_charge_type"),
    ({"charge_type": None}, "unknown_charge_type"),
    ({"charge_type": " TVOD  "}, "kept"),
    ({"content_id": "?"}, "unknown_content"),
    ({"content_id": " c1 "}, "kept"),
    ({"content_id": "c1\t"}, "unknown_content"),  # only U+0020 is trimmed
    ({"content_id": "C1"}, "unknown_content"),
]


@pytest.mark.parametrize(("change", "expected"), VIEWING)
def test_viewing_reasons(change, expected):
    assert reason(play("a", NOON, 60) | change) == expected


def test_viewing_reasons_follow_the_vars():
    assert reason(play("a", NOON, 3601), max_play_hours=1) == "too_long"
    long_report = play("a", NOON, 60, play_seconds=3601)
    assert reason(long_report, max_play_hours=1) == "bad_play_seconds"
    assert reason(play("a", NOON, 60), history_start_date="2024-03-11") == (
        "before_history"
    )
    early = play("a", NOON, 60, ingested_at=NOON - MICRO)
    assert reason(early, future_tolerance_minutes=0) == "in_the_future"


BILLING = [
    ({}, "kept"),
    ({"subscription_id": ""}, "missing_key"),
    ({"event_type": " "}, "missing_key"),
    ({"event_type": "renew"}, "unknown_event_type"),
    ({"ingested_at": NOON - timedelta(minutes=10) - MICRO}, "in_the_future"),
    ({"ingested_at": NOON - timedelta(minutes=10)}, "kept"),
    ({"occurred_at": HISTORY - MICRO}, "before_history"),
    ({"occurred_at": HISTORY, "period_start": HISTORY}, "kept"),
    ({"period_start": HISTORY - MICRO}, "before_history"),
    ({"event_type": "CANCEL", "period_start": HISTORY - MICRO}, "before_history"),
    ({"period_start": None}, "bad_period"),
    ({"period_end": NOON, "product_code": None}, "bad_period"),
    ({"period_end": NOON + MICRO}, "kept"),
    ({"product_code": "basic_m", "currency": "USD"}, "unknown_product"),
    ({"product_code": None}, "unknown_product"),
    ({"currency": "USD", "paid_amount": "x"}, "unknown_currency"),
    ({"currency": None}, "unknown_currency"),
    ({"paid_amount": "N/A"}, "bad_amount"),
    ({"paid_amount": None}, "bad_amount"),
    ({"event_type": "REFUND", "paid_amount": ""}, "bad_amount"),
    (
        {"event_type": "REFUND", "currency": "USD", "product_code": "?"}
        | {"period_end": None},
        "kept",
    ),
    ({"event_type": "CANCEL", "paid_amount": "N/A", "currency": None}, "kept"),
]


@pytest.mark.parametrize(("change", "expected"), BILLING)
def test_billing_reasons(change, expected):
    assert reason(opened(NOON, NOON + DAY) | change) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7900", "7900"),
        ("7,900", "7900"),
        (" 10900 ", "10900"),
        ("7900원", "7900"),
        ("7 9,0,0 원", "7900"),
        ("7900.5", "7900.5"),
        ("007900.05", "7900.05"),
        ("0", "0"),
        ("999999999999", "999999999999"),
        ("1234567890123", None),
        ("7900.", None),
        (".5", None),
        ("7900.123", None),
        ("７９００", None),
        ("٧٩٠٠", None),
        ("-7900", None),
        ("7900\n", None),
        ("\t7900", None),
        ("1e3", None),
        ("N/A", None),
        (" , 원", None),
        (None, None),
    ],
)
def test_amounts(text, value):
    assert parse_amount(text) == (value and Decimal(value))


def winner(rows: list[dict], name: str = "player.viewing_log") -> dict:
    """The kept row among re-sent ones, whatever their order."""
    expected: dict = {}
    for seed in range(6):
        random.Random(seed).shuffle(rows)
        judged = judge(name, rows, lambda row: None)
        (kept,) = judged.kept.values()
        assert len(judged.duplicates) == len(rows) - 1
        assert expected in ({}, kept)
        expected = kept
    return expected


def test_the_latest_arrival_wins():
    rows = [
        play("a", NOON, 60, ingested_at=NOON + MICRO, app_version="old"),
        play(" a ", NOON, 60, ingested_at=NOON, app_version="zzz"),
    ]
    assert winner(rows)["app_version"] == "old"


def test_ties_go_by_the_other_columns_in_order_null_lowest():
    rows = [
        play("a", NOON, 60, ingested_at=NOON, app_version=None, play_seconds=60),
        play("a", NOON, 60, ingested_at=NOON, app_version="10", play_seconds=50),
        play("a", NOON, 60, ingested_at=NOON, app_version="  9 ", play_seconds=1),
    ]
    assert winner(rows)["app_version"] == "9"  # text: "9" > "10" > null
    # U+1F600 is above U+FF61 by code point, below it by UTF-16 unit.
    marks = [
        play("a", NOON, 60, ingested_at=NOON, app_version=text)
        for text in ("\uff61", "\U0001f600")
    ]
    assert winner(marks)["app_version"] == "\U0001f600"


def test_the_folder_is_the_last_to_decide():
    rows = [
        play("a", NOON, 60, ingested_at=NOON, ingest_date=date(2024, 3, day))
        for day in (10, 12, 11)
    ]
    assert winner(rows)["ingest_date"] == date(2024, 3, 12)


def test_catalogue_keeps_the_greatest_update_null_is_oldest():
    rows = [
        {"program_id": "p1", "title": "z", "updated_at": None},
        {"program_id": "p1", "title": "b", "updated_at": NOON},
        {"program_id": "p1", "title": "c", "updated_at": NOON, "is_original": None},
        {"program_id": " p1", "title": "c", "updated_at": NOON, "is_original": False},
    ]
    kept = winner(rows, "catalog.program")
    assert (kept["title"], kept["is_original"]) == ("c", False)


def test_a_refused_copy_is_no_duplicate():
    found = marts(
        play("a", NOON, 60),
        play("a", NOON, 60),
        play("a", NOON, 60, ingested_at=NOON + DAY, charge_type="?"),
        play("b", NOON, 60, play_seconds=-1),
        event("CANCEL", NOON),
    )
    counts = {
        row["table_name"]: list(row.values())[2:] for row in found["log_reconciliation"]
    }
    assert counts == {
        "viewing_log": [4, 1, 1, 2, 0],
        "subscription_event": [1, 1, 0, 0, 0],
        "account": [0, 0, 0, 0, 0],
        "profile": [0, 0, 0, 0, 0],
        "program": [2, 2, 0, 0, 0],
        "content": [6, 6, 0, 0, 0],
        "push_campaign": [0, 0, 0, 0, 0],
        "push_event": [0, 0, 0, 0, 0],
    }
    reasons = Counter()
    for row in found["log_quarantine_reasons"]:
        reasons[row["reason"]] += row["quarantined_rows"]
    assert reasons == {"unknown_charge_type": 1, "bad_play_seconds": 1}


def test_dimensions_are_refused_for_a_null_key_alone():
    raw = raw_of(
        catalog__content=[{"content_id": " "}, {"content_id": "c1"}],
        member__account=[{"uno": None}, {"uno": "u1"}, {"uno": "u1 "}],
    )
    found = build_marts(raw, date(2024, 3, 20), "p", PRODUCTS)
    assert found["log_quarantine_reasons"] == [
        {"system": system, "table_name": table, "reason": "missing_key"}
        | {"quarantined_rows": 1}
        for system, table in (("catalog", "content"), ("member", "account"))
    ]
