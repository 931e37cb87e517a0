"""Cost on paper: the arithmetic, and that no model that reads plays is forgotten."""

from __future__ import annotations

import re

import pytest

from ott.bigquery import cost
from ott.bigquery.duckdb_build import build
from ott.bigquery.windows import default_lookback, windowed_branches
from ott.contract import PROJECT_DIR
from reference.generate import RUN_DATE

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("recorded")]


@pytest.fixture(scope="module")
def sizes(compiled, tmp_path_factory) -> cost.Sizes:
    """Sizes in which every value has 10 bytes and every relation 100 rows.

    But for the few plays that were sent again or refused.
    """
    con = build(compiled(), tmp_path_factory.mktemp("empty"), "pepper")
    columns: dict[str, dict[str, float]] = {}
    for table, column in con.execute(
        "select table_name, column_name from information_schema.columns"
    ).fetchall():
        columns.setdefault(table, {})[column] = 10.0
    con.close()
    few = dict.fromkeys(("int_restricted__resent_viewing_logs", "quarantine_player"), 2)
    return cost.Sizes(columns, dict.fromkeys(columns, 100) | few)


def test_every_table_that_reads_plays_is_estimated(
    branches_for_bigquery, sizes
) -> None:
    branch = windowed_branches(RUN_DATE)[0]
    projects = (branches_for_bigquery[name] for name in ("first", "daily"))
    found = {
        (one.model, one.relation): one for one in cost.reads(*projects, branch, sizes)
    }
    watched = "int_restricted__watched_plays"
    assert set(found) == {
        ("int_restricted__account_hashes", "viewing_log"),
        ("int_restricted__resent_viewing_logs", "viewing_log"),
        ("quarantine_player", "viewing_log"),
        ("int_reconciliation__viewing_log_days", "viewing_log"),
        (watched, "viewing_log"),
        (watched, cost.NEW_ROWS),
        ("int_restricted__viewing_days", watched),
        ("int_viewing__program_days", watched),
        ("int_viewing__overlap_days", watched),
        ("int_first_view__views", watched),
        ("int_restricted__viewing_weeks", watched),
        ("int_viewing__program_hour_weeks", watched),
        ("int_restricted__push_views", watched),
        ("int_restricted__account_viewing", watched),
        ("int_restricted__account_favourites", watched),
    }
    # a view is followed to the tables, and only the columns in use count
    hashes = found["int_restricted__account_hashes", "viewing_log"]
    assert set(hashes.columns) == {"uno"}
    assert hashes.row_bytes == 10
    first_views = set(found["int_first_view__views", watched].columns)
    # the condition on a computed column of the view needs what it is made of
    assert {"view_date", "uno", "watched_seconds", "content_id"} <= first_views
    assert not {"app_version", "reported_seconds"} & first_views
    judged = set(found["quarantine_player", "viewing_log"].columns)
    assert {"started_at", "profile_id", "device_id"} <= judged
    # the lookback, three days; of raw those before them of which a play may last
    daily_days = {
        m: one.daily_days for (m, rel), one in found.items() if rel == watched
    }
    # of a week all its days
    assert daily_days.pop("int_restricted__viewing_weeks") == 7
    assert daily_days.pop("int_viewing__program_hour_weeks") == 7
    # of snapshots the four weeks before each, and the snapshot before the lookback
    for model in ("account_viewing", "account_favourites"):
        assert daily_days.pop(f"int_restricted__{model}") == 4 + 1 + 27
    assert set(daily_days.values()) == {4}
    assert found[watched, "viewing_log"].daily_days == 7
    new = found[watched, cost.NEW_ROWS]
    assert (new.daily_days, new.whole_days) == (4, 0)


@pytest.mark.parametrize(
    ("condition", "days"),
    [
        ("d between date '2024-03-21' and date '2024-03-24'", 4),
        ("d >= date '2024-03-21'", 5),
        ("d >= date '2024-03-21' and e between date '2024-01-01' and current_date", 5),
        ("e >= date '2024-03-21'", 3_650),
        ("true", 3_650),
    ],
)
def test_the_days_read_are_those_that_a_query_names(condition: str, days: int) -> None:
    branch = windowed_branches(RUN_DATE)[0]
    sql = f"with c as (select * from t where {condition}) select * from c"
    assert cost.days_named(sql, "d", branch) == days


def test_the_lookback_is_that_of_the_project() -> None:
    text = (PROJECT_DIR / "dbt_project.yml").read_text(encoding="utf-8")
    assert f"lookback_days: {default_lookback()}\n" in text
    page = (PROJECT_DIR / "models/cost_on_paper.md").read_text(encoding="utf-8")
    assert f"`lookback_days` = {default_lookback()}," in page


def test_scanned_is_bytes_times_rows_times_days() -> None:
    raw = cost.Read("m", "viewing_log", ("uno",), 20.0, 1.0, 6)
    kept = cost.Read("m", "plays", ("uno",), 20.0, 0.5, 4)
    assert raw.scanned(1_000, 2) == 40_000
    assert kept.scanned(1_000, 2) == 20_000
    assert cost.usd(2**40) == 6.25


def test_the_page_says_that_it_is_an_estimate_and_its_totals_add_up() -> None:
    text = (PROJECT_DIR / "models/cost_on_paper.md").read_text(encoding="utf-8")
    assert "An estimate, not a bill" in text
    rows = [line.split("|")[1:-1] for line in text.splitlines() if "| " in line]
    numbers = [
        [float(re.sub(r"[*, ]", "", cell)) for cell in row[5:]]
        for row in rows
        if re.search(r"\d", row[-1])
    ]
    *models, total = numbers
    assert len(models) >= 8
    for position, value in enumerate(total):
        summed = sum(row[position] for row in models)
        assert summed == pytest.approx(value, abs=len(models))
