"""Each mart of a domain on its own: seconds of the models it is made of, and memory."""

from __future__ import annotations

import json
import shutil
from typing import Any

from harness.daily import Place
from harness.data import Raw
from harness.measure import Limits

ACCOUNTS = 10  # plays for each account: 10M plays are those of a million accounts
RESULTS = "run_results.json"
TESTS = ("resource_type:test", "resource_type:unit_test")

# What a run computes for a mart, over what others need too. Marts made of the same
# tables, such as those of movements, are charged with them each.
CHANGES = (
    "int_restricted__subscription_holdings",
    "int_subscription__account_changes_daily",
)
COHORTS = ("int_restricted__viewing_days", "int_restricted__subscription_cohorts")
WEEKS = ("int_restricted__viewing_weeks",)
PROGRAM_WEEKS = (
    *WEEKS,
    "int_restricted__first_viewing_weeks",
    "int_viewing__program_weeks",
)
SNAPSHOTS = (
    "int_restricted__account_viewing",
    "int_restricted__account_favourites",
    "int_restricted__viewing_quintiles",
    "int_restricted__account_snapshots",
)
PUSHES = ("int_restricted__push_events_checked", "int_restricted__pushes")
SUBSCRIPTION = {
    "subscription_movements_daily": CHANGES,
    "mrr_bridge_monthly": CHANGES,
    "churn_monthly": (),
    "cohort_retention_monthly": COHORTS,
    "retention_survival": ("int_subscription__lifetimes",),
}
CONTENT = {
    "program_performance_weekly": (
        *PROGRAM_WEEKS,
        "int_restricted__program_staying_weeks",
    ),
    "program_audience_weekly": (*WEEKS, "int_restricted__program_audience_weeks"),
    "program_pairs_weekly": (*WEEKS, "int_restricted__program_pair_weeks"),
    "program_hours_weekly": ("int_viewing__program_hour_weeks",),
    "service_kpis_weekly": (*WEEKS, "int_viewing__service_weeks"),
}
CRM = {
    "account_segments": SNAPSHOTS,
    "push_targets": ("int_restricted__push_candidates",),
    "push_performance_daily": (
        *PUSHES,
        "int_restricted__push_views",
        "int_crm__push_days",
    ),
    "push_failures_daily": PUSHES,
}
MARTS: dict[str, tuple[str, ...]] = {**SUBSCRIPTION, **CONTENT, **CRM}


def seconds_of_models(place: Place) -> dict[str, float]:
    """Return the seconds that dbt's last run in a place took for each model."""
    text = (place.folder / "target" / RESULTS).read_text(encoding="utf-8")
    return {
        result["unique_id"].split(".")[-1]: result["execution_time"]
        for result in json.loads(text)["results"]
    }


def rounded(seconds: dict[str, float]) -> dict[str, float]:
    """Return the seconds of each model, the longest first."""
    longest = sorted(seconds.items(), key=lambda item: (-item[1], item[0]))
    return {model: round(found, 2) for model, found in longest}


def marts(data: Raw, limits: Limits) -> dict[str, Any]:
    """Build all models once, then those of each mart alone: in full, and daily.

    They run one after the other in one dbt, each with all cores, so that their seconds
    are their own; the memory is that of dbt and of the greatest of them.
    """
    place = Place("marts", limits)
    place.dbt(data, "build", "--exclude", *TESTS)
    models = sorted({*MARTS, *(model for own in MARTS.values() for model in own)})
    runs, seconds = {}, {}
    for name, options in (("full", ["--full-refresh"]), ("daily", [])):
        runs[name] = place.dbt(
            data, "run", "--threads", 1, *options, "--select", *models
        )
        seconds[name] = seconds_of_models(place)
    shutil.rmtree(place.folder)
    return {
        "plays": data.plays,
        "models": {name: rounded(found) for name, found in seconds.items()},
        "runs": {name: done.as_json() for name, done in runs.items()},
        "marts": {
            mart: {
                name: round(sum(found[model] for model in (*own, mart)), 2)
                for name, found in seconds.items()
            }
            for mart, own in MARTS.items()
        },
    }
