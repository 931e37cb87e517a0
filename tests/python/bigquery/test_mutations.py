"""SQL that BigQuery would refuse or answer otherwise: the proof must notice each.

Each mutation is one slip that a person used to DuckDB makes. It is put into the
compiled BigQuery SQL of one of the project's own nodes.
"""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("bigquery")]

# name, node, text in its compiled SQL, text in its place
MUTATIONS = [
    (
        "division of integers as DuckDB's // gives it",
        "which_genres_fill_which_hours",
        "sum(watched_seconds) / 3600",
        "div(sum(watched_seconds), 3600)",
    ),
    (
        "nulls first in a descending order",
        "int_restricted__resent_viewing_logs",
        "device_type desc nulls last",
        "device_type desc nulls first",
    ),
    (
        "elapsed hours where micros are compared",
        "int_restricted__viewing_logs_judged",
        "timestamp_diff(viewing_logs.ended_at, viewing_logs.started_at, microsecond)\n"
        "                > 24 * 3600000000",
        "timestamp_diff(viewing_logs.ended_at, viewing_logs.started_at, hour) > 24",
    ),
    (
        "date_diff in DuckDB's order",
        "int_restricted__subscription_spells",
        "date_diff(date '",
        "-1 * date_diff(date '",
    ),
    (
        "greatest over a null",
        "int_restricted__watched_plays",
        "covered_until is null or covered_until <= started_at",
        "greatest(covered_until, started_at) = started_at",
    ),
    (
        "least over a null",
        "int_restricted__watched_plays",
        "least(play_seconds, uncovered_seconds) as watched_seconds",
        "least(play_seconds, uncovered_seconds, nullif(0, 0)) as watched_seconds",
    ),
    (
        "concat over a null",
        "int_restricted__account_hashes",
        "`secret`.`pepper`), uno)",
        "`secret`.`pepper`), uno, nullif('', ''))",
    ),
    (
        "a digest in bytes and not in text",
        "int_restricted__account_hashes",
        "to_hex(sha512(concat((select pepper",
        "(sha512(concat((select pepper",
    ),
    (
        "union without distinct",
        "int_restricted__account_hashes",
        "union distinct",
        "union",
    ),
    (
        "a cast that rounds where floor was meant",
        "int_restricted__watched_plays",
        "cast(floor(timestamp_diff(ended_at, started_at, microsecond) / 1000000) as",
        "cast((timestamp_diff(ended_at, started_at, microsecond) / 1000000) as",
    ),
    (
        "an alias used again in the same select",
        "int_restricted__watched_plays",
        "play_seconds - least(play_seconds, interval_seconds) as excess_seconds",
        "reported_seconds - least(play_seconds, interval_seconds) as excess_seconds",
    ),
    (
        "trim that takes every kind of space",
        "clean_text__trims_spaces_only",
        "trim(text, ' ')",
        "trim(text)",
    ),
    (
        "a pattern that need not match the whole text",
        "stg_billing__subscription_events",
        "r'^(?:[0-9]{1,12}([.][0-9]{1,2})?)$'",
        "r'[0-9]{1,12}([.][0-9]{1,2})?'",
    ),
    (
        "a float where the contract asks for a numeric",
        "paid_subscribers_daily",
        "as numeric(18, 4)",
        "as float64",
    ),
    (
        "a numeric cut to whole won",
        "int_restricted__subscription_events",
        "events.amount_krw,",
        "cast(events.amount_krw as int64) as amount_krw,",
    ),
    (
        "an instant at the end of the year 9999 moved past it",
        "int_restricted__subscription_periods",
        "when ended.ended_at >= timestamp '9999-12-31 15:00:00'",
        "when ended.ended_at > timestamp '9999-12-31 23:59:59.999999'",
    ),
    (
        "a column that is not grouped by",
        "int_viewing__program_days",
        ", content_type, device_type\n)",
        ", content_type\n)",
    ),
    (
        "an aggregate with filter",
        "int_viewing__program_days",
        "countif(is_valid_view)",
        "count(*) filter (where is_valid_view)",
    ),
    (
        "a number compared with a text",
        "int_restricted__resent_viewing_logs",
        "when copy_number = 1 then",
        "when copy_number = '1' then",
    ),
    (
        "a date compared with an instant",
        "int_first_view__views",
        "starts.subscription_date = plays.view_date",
        "starts.subscription_date = plays.started_at",
    ),
    (
        "a date moved by an interval, which gives a datetime",
        "int_first_view__program_days",
        "date_add(subscription_date, interval 7 day) as subscription_date",
        "subscription_date + interval 7 day as subscription_date",
    ),
    (
        "days as DuckDB lists them",
        "int_subscription__level_days",
        "unnest(generate_date_array(first_days.first_date, date",
        "unnest(generate_series(first_days.first_date, date",
    ),
    (
        "a cast by two colons",
        "int_subscription__revenue_daily",
        "as numeric(18, 2))",
        "::numeric(18, 2))",
    ),
]


@pytest.mark.parametrize(
    ("name", "node", "old", "new"), MUTATIONS, ids=[item[0] for item in MUTATIONS]
)
def test_the_proof_notices(run, name, node, old, new) -> None:
    assert run.faults_of(node, old, new), f"{name}: nothing noticed in {node}"


@pytest.mark.parametrize("node", sorted({item[1] for item in MUTATIONS}))
def test_the_proof_passes_what_is_right(run, node) -> None:
    sql = run.node(node).sql
    assert run.faults_of(node, sql, sql) == []


# name, node, text in the SQL of a run of a window, text in its place; {last} is its end
BRANCH_MUTATIONS = [
    (
        "accounts hashed that are hashed already",
        "int_restricted__account_hashes",
        "where hashed.uno is null",
        "where true",
    ),
    (
        "a window that ends a day early",
        "int_viewing__program_days",
        "and date '{last}'",
        "and date '{before_last}'",
    ),
    (
        "a window without an end",
        "int_restricted__watched_plays",
        "where view_date between",
        "where true or view_date between",
    ),
    (
        "the week before left unread",
        "int_first_view__program_days",
        "date_add(subscription_date, interval 7 day) between",
        "subscription_date between",
    ),
    (
        "arrivals of the day after left unread",
        "int_reconciliation__viewing_log_days",
        "where ingest_date between",
        "where ingest_date < date '{last}' and ingest_date between",
    ),
]


@pytest.mark.parametrize(
    ("name", "node", "old", "new"),
    BRANCH_MUTATIONS,
    ids=[item[0] for item in BRANCH_MUTATIONS],
)
def test_the_proof_notices_in_a_run_of_a_window(run, name, node, old, new) -> None:
    assert run.branch_faults_of(node, old, old) == []
    assert run.branch_faults_of(node, old, new), f"{name}: nothing noticed in {node}"
