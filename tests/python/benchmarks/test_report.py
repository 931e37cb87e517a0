"""RESULTS.md and its chart, from results as bench.py writes them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from harness.chart import specification
from harness.contenders import TITLES
from harness.report import render
from harness.results import load_all, save

SECTIONS = ("contenders", "daily", "backfill", "growth", "marts", "generator")


def timed(wall: float, peak: float = 300, **more: Any) -> dict[str, Any]:
    figures = {"wall": wall, "cpu": wall, "peak_mib": peak, "shared_once_mib": peak}
    return figures | {"failure": "", "rows": 7, "other_rows": 0} | more


def results(scale: str = "10M", **more: Any) -> dict[str, Any]:
    found = {
        "scale": scale,
        "machine": {
            "processor": "Some Processor",
            "cores": 2,
            "memory_gib": 16,
            "system": "Linux 6.1",
        },
        "versions": {"project": {"duckdb": "1.5.5"}, "engines": {"polars": "2.1.0"}},
        "measured": {
            name: {"date": f"2026-03-0{day}", "commit": "abc1234", "rounds": 2}
            for day, name in enumerate(SECTIONS, 1)
        },
        "plays": 10_000_000,
        "contenders": {
            "project": [timed(6, 400), timed(5, 420)],
            "project_all": [timed(8, 450)],
            "scan": [timed(2, 80, other_rows=None)],
            "textbook_duckdb": [timed(15, 1900)],
            "textbook_all": [timed(12, 2100)],
            "polars": [timed(10, 1200, other_rows=12)],
            "pandas": [timed(9, 12_300, failure="needs more than 12 GiB")],
        },
        "halved": {
            "pandas": {
                "scale": "5M",
                "contenders": {
                    "project": [timed(3)],
                    "scan": [timed(1)],
                    "pandas": [timed(45, 9000)],
                },
            }
        },
        "daily": {
            "plays_per_day": 10_000,
            "histories": {
                name: {
                    "days": days,
                    "plays": days * 10_000,
                    "build": timed(20),
                    "runs": [timed(wall)],
                }
                for name, days, wall in (
                    ("30", 30, 4.0),
                    ("1095", 1095, 4.6),
                    ("sample", 425, 7.0),
                )
            },
        },
        "backfill": {"days": 90, "build": [timed(20)], "backfill": [timed(30)]},
        "growth": {
            "1M": {"plays": 1_000_000, "runs": [timed(4)]},
            "10M": {"plays": 10_000_000, "runs": [timed(16)]},
        },
        "marts": {
            "plays": 10_000_000,
            "runs": {"full": timed(30, 900), "daily": timed(25, 800)},
            "marts": {
                "churn_monthly": {"full": 3.0, "daily": 1.5},
                "mrr_bridge_monthly": {"full": 9.0, "daily": 8.25},
            },
        },
        "generator": {
            "processes": 2,
            "plays": 10_000_000,
            "rows": 11_000_000,
            "seconds": 5.5,
            "rows_per_second": 2_000_000,
            "peak_mib": 300,
            "shared_once_mib": 200,
            "disk_mib": 600,
        },
    }
    return found | more


@pytest.fixture
def page() -> str:
    return render([results()], TITLES)


def line(page: str, start: str) -> str:
    return next(one for one in page.splitlines() if one.startswith(f"| {start}"))


@pytest.mark.parametrize(
    ("goal", "verdict"),
    [
        ("Core marts ≤ 3×", "**missed**: 4.0× wall, 4.0× CPU"),
        ("`viewing_daily` of 50M", "–"),
        ("Core marts ≥ 2× faster than textbook", "**missed**: 1.5×"),
        ("`viewing_daily` alone", "met: 3.0×"),
        ("≥ 3× faster than polars", "–"),
        ("≥ 10× faster than pandas", "met: 15.0× at 5M"),
        ("Least memory of all", "met: 420 MiB, next textbook_duckdb 1,900"),
        ("Daily run ≤ 1.2×", "met: 1.15×"),
        ("Daily run of the default sample", "**missed**: 7.0 s"),
        ("Daily run ≤ 500 MiB", "met: 300 MiB"),
        ("Full build of 50M", "–"),
        ("Each mart ≤ 10 s", "met: 9.0 s, `mrr_bridge_monthly`"),
        ("Each mart ≤ 2 s", "**missed**: 8.2 s, `mrr_bridge_monthly`"),
        ("The marts one by one", "met: 900 MiB"),
        ("Full build grows", "met: 4.0× the time for 10× the plays"),
    ],
)
def test_goals_are_met_or_missed(page: str, goal: str, verdict: str) -> None:
    assert line(page, goal).endswith(f"| {verdict} |")


def test_a_contender_shows_its_least_seconds_and_their_range(page: str) -> None:
    assert line(page, TITLES["project"]) == (
        f"| {TITLES['project']} | 5.00 (5.00–6.00) | 5.00 | 420 | 420 | 2.5× | 1.00× |"
    )


def test_three_marts_are_compared_with_three_marts(page: str) -> None:
    assert line(page, TITLES["textbook_all"]) == (
        f"| {TITLES['textbook_all']} | 12.00 | 12.00 | 2,100 | 2,100 | 6.0× | 1.50× |"
    )


def test_other_rows_stand_in_place_of_a_figure(page: str) -> None:
    assert "| other rows: 12 | – |" in line(page, TITLES["polars"])


def test_a_contender_that_died_is_shown_where_it_survives(page: str) -> None:
    assert "| needs more than 12 GiB | – |" in line(page, TITLES["pandas"])
    half = page.partition("Pandas does not survive 10M; at 5M:")[2]
    assert "| pandas | 45.00 | 45.00 | 9,000 | 9,000 | 45.0× | 15.00× |" in half


def test_each_mart_has_its_seconds_and_all_together_their_memory(page: str) -> None:
    assert line(page, "`churn_monthly`") == "| `churn_monthly` | 3.00 | 1.50 | – | – |"
    assert line(page, "all of them") == (
        "| all of them, dbt included | 30.00 | 25.00 | 30.00 | 900 |"
    )


def test_machine_and_versions_are_named(page: str) -> None:
    assert (
        "Some Processor, 2 cores, 16 GiB, Linux 6.1. Versions of the project: duckdb "
        "1.5.5; of the engines: polars 2.1.0." in page
    )


def test_each_section_says_when_it_was_measured(page: str) -> None:
    told = re.findall(r"### .*\n\n(2026.*), commit abc1234, rounds: 2\.", page)
    assert told == [f"2026-03-0{day}" for day in (1, 2, 3, 5, 4, 6)]


def test_each_scale_has_its_column_and_the_smallest_comes_first(tmp_path: Path) -> None:
    large = [timed(40, 1900)]
    contenders = results()["contenders"] | {"project": large, "scan": [timed(5)]}
    save(results("50M", contenders=contenders), tmp_path)
    save(results("10M"), tmp_path)
    page = render(load_all(tmp_path), TITLES)
    assert "| goal | 10M | 50M |" in page
    assert line(page, "`viewing_daily` of 50M").endswith("| – | met: 8.0×, 1.86 GiB |")
    assert page.index("## 10M plays") < page.index("## 50M plays")


def test_sections_that_were_not_measured_are_left_out() -> None:
    names = ("contenders", "halved", "daily", "backfill", "growth", "marts")
    partial = {key: v for key, v in results().items() if key not in names}
    page = render([partial], TITLES)
    assert "### The sample generator" in page
    assert "### The daily run" not in page
    assert "results.svg" not in page


def test_the_chart_shows_what_has_a_figure() -> None:
    chart = specification([results()])
    values = chart["vconcat"][0]["data"]["values"]
    names = [value["name"] for value in values]
    assert names == [
        "scan limit",
        "this project",
        "this project, 3 marts",
        "textbook SQL, DuckDB",
        "textbook SQL, 3 marts",
    ]
    assert [value["times"] for value in values] == [1.0, 2.5, 4.0, 7.5, 6.0]
