"""The evaluation of the detectors: what is planted, and how alarms are counted."""

from __future__ import annotations

import re
from datetime import date, timedelta

import duckdb
import pytest
from detection.alarms import QUIET, Alarm, _grouped
from detection.faults import KINDS, Fault, plan
from detection.plant import PLANTS, plant
from detection.score import clean_rate, score
from detection.world import FIRST_FAULT, LAST_FAULT, REPORTING, TUNING

from ott.contract import PROJECT_DIR

DAY = timedelta(days=1)
FIRST = date(2026, 1, 1)
TV, ALL = "player.viewing_log/PLAY/SMART_TV", "player.viewing_log/PLAY/ALL"
FAULT = Fault("missing_device", "SMART_TV", FIRST, FIRST + DAY)


@pytest.mark.parametrize("seed", [*TUNING, REPORTING])
def test_forty_faults_of_ten_kinds_and_decoys_are_planted(seed: int) -> None:
    planted = plan(seed, FIRST_FAULT, LAST_FAULT)
    faults = [one for one in planted if not one.is_decoy]
    assert len(faults) >= 40
    assert len({one.kind for one in faults}) >= 10
    assert {one.kind for one in planted if one.is_decoy} == {"campaign", "premiere"}
    assert all(FIRST_FAULT <= one.first <= one.last <= LAST_FAULT for one in planted)
    assert planted == plan(seed, FIRST_FAULT, LAST_FAULT)
    assert planted != plan(seed + 1, FIRST_FAULT, LAST_FAULT)


def test_every_kind_can_be_planted_and_the_seeds_differ() -> None:
    assert PLANTS.keys() == KINDS.keys()
    assert REPORTING not in TUNING


def test_quiet_days_of_the_evaluation_are_those_of_the_project() -> None:
    project = (PROJECT_DIR / "dbt_project.yml").read_text(encoding="utf-8")
    assert f"completeness_quiet_days: {QUIET}\n" in project


def test_bad_days_close_together_are_one_alarm() -> None:
    days = [FIRST, FIRST + 3 * DAY, FIRST + 7 * DAY]
    assert _grouped([(TV, day) for day in days] + [(ALL, FIRST)]) == [
        Alarm(ALL, (FIRST,)),
        Alarm(TV, (FIRST, FIRST + 3 * DAY)),
        Alarm(TV, (FIRST + 7 * DAY,)),
    ]


def test_an_alarm_counts_on_the_days_and_series_of_a_fault() -> None:
    decoy = Fault("premiere", "ALL", FIRST + 9 * DAY, FIRST + 9 * DAY)
    missed = Fault("outage", "IOS", FIRST + 20 * DAY, FIRST + 20 * DAY)
    alarms = [
        Alarm(ALL, (FIRST + DAY,)),
        Alarm(TV, (FIRST + 9 * DAY,)),
        Alarm(TV, (FIRST - 30 * DAY,)),
        Alarm("player.viewing_log/PLAY/WEB", (FIRST,)),
    ]
    found = score(alarms, [FAULT, decoy, missed], FIRST - DAY)
    assert found.found == {FAULT: 1}
    assert found.missed == [missed]
    assert (found.recall, found.true_alarms) == (0.5, 1)
    # the decoy's and that of a device in order; the early one is before the first day
    assert found.false_alarms == [alarms[1], alarms[3]]
    assert found.flagged_decoys == [decoy]
    assert found.precision == pytest.approx(1 / 3)


def test_the_sample_s_own_faults_are_no_false_alarms() -> None:
    own = Alarm(TV, (date(2025, 9, 8),))
    other = Alarm("player.viewing_log/PLAY/WEB", (date(2025, 9, 8),))
    rate = clean_rate([own, other], date(2025, 9, 1), date(2025, 9, 30))
    assert rate == pytest.approx(30.4 / 30)


def test_a_planted_device_is_missing_and_refused_rows_are_counted() -> None:
    con = duckdb.connect()
    con.execute("create schema warehouse")
    con.execute(
        "create table warehouse.int_data_quality__play_counts as "
        "select date '2026-01-01' + cast(n // 2 as integer) as log_date, "
        "case n % 2 when 0 then 'SMART_TV' else 'WEB' end as device_type, "
        "12 as hour_of_day, 100 as kept_rows, 0 as duplicate_rows "
        "from range(8) as days (n)"
    )
    con.execute(
        "create table warehouse.int_data_quality__refused_counts "
        "(ingest_date date, log_date date, device_type text, hour_of_day bigint, "
        "quarantined_rows bigint)"
    )
    refused = Fault("milliseconds", "WEB", FIRST, FIRST)
    plant(con, [FAULT, refused])
    kept = "select device_type, sum(kept_rows) from {} group by all order by all"
    counts = con.execute(kept.format("warehouse.int_data_quality__play_counts"))
    found = dict(counts.fetchall())
    assert found["SMART_TV"] == 200
    # about half of the hundred rows of one day
    gone = (
        "select sum(quarantined_rows) from warehouse.int_data_quality__refused_counts"
    )
    assert con.execute(gone).fetchone() == (400 - found["WEB"],)
    assert 40 <= 400 - found["WEB"] <= 54


def test_the_page_names_the_seeds_that_count() -> None:
    page = (PROJECT_DIR / "benchmarks" / "QUALITY.md").read_text(encoding="utf-8")
    assert re.findall(r"^## Seed (\d+), reporting", page, re.M) == [str(REPORTING)]
    assert [
        int(seed) for seed in re.findall(r"^## Seed (\d+), tuning", page, re.M)
    ] == [*TUNING]
