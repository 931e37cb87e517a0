"""What dbt-bigquery asks the service for: partitions, clusters, expirations, grants …

The statements are those of dbt-bigquery itself, recorded without a server. They prove
what is asked for, not that the service honours it.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import Any

import pytest

from ott.bigquery.recorded import Recorded, record

pytestmark = [pytest.mark.proof, pytest.mark.xdist_group("recorded")]

READERS = {
    "marts": ["group:analysts@example.com", "group:executives@example.com"],
    "restricted": ["serviceAccount:build@example.com"],
}
PEPPER = "a-pepper-that-no-statement-may-hold"
POLICY_TAG = "projects/p/locations/l/taxonomies/1/policyTags/2"

# table: (partition, cluster, requires a partition filter)
DESIGN: dict[str, tuple[str | None, str | None, bool]] = {
    "int_content__programs_judged": (None, None, False),
    "int_content__contents_judged": (None, None, False),
    "int_content__programs": (None, None, False),
    "int_content__contents": (None, None, False),
    "int_restricted__resent_viewing_logs": ("view_date", "log_id", False),
    "int_restricted__subscription_events_checked": (
        "ingest_date",
        "quarantine_reason, event_id",
        False,
    ),
    "int_restricted__subscription_periods": (None, "uno", False),
    "int_restricted__subscription_stretches": (None, "uno", False),
    "int_restricted__subscription_spells": (None, "level, uno", False),
    "int_restricted__subscription_holdings": (None, "uno", False),
    "int_restricted__subscription_cohorts": (None, "uno", False),
    "int_restricted__viewing_days": ("view_date", "uno", False),
    "int_restricted__accounts_judged": (None, "uno", False),
    "int_restricted__profiles_judged": (None, "profile_id", False),
    "int_restricted__account_hashes": (None, "uno", False),
    "int_restricted__watched_plays": ("view_date", "content_id, uno", True),
    "int_restricted__viewing_weeks": ("week_start", "program_id, uno", False),
    "int_restricted__first_viewing_weeks": ("week_start", "program_id, uno", False),
    "int_restricted__program_staying_weeks": ("week_start", "program_id", False),
    "int_restricted__program_audience_weeks": ("week_start", "program_id", False),
    "int_restricted__program_pair_weeks": ("week_start", "program_id", False),
    "int_viewing__program_weeks": ("week_start", "program_id", False),
    "int_viewing__program_hour_weeks": ("week_start", "program_id", False),
    "int_viewing__service_weeks": ("week_start", None, False),
    "program_audience_weekly": ("week_start", "program_id", False),
    "program_pairs_weekly": ("week_start", "program_id", False),
    "service_kpis_weekly": ("week_start", "kpi", False),
    "program_performance_weekly": ("week_start", "program_id", False),
    "int_restricted__push_campaigns_judged": (None, "campaign_id", False),
    "int_restricted__push_events_checked": (
        "ingest_date",
        "quarantine_reason, event_id",
        False,
    ),
    "int_restricted__pushes": ("sent_date", "campaign_id, uno", False),
    "int_restricted__push_views": ("view_date", "campaign_id, uno", False),
    "int_restricted__push_candidates": (None, "campaign_id, uno", False),
    "int_restricted__account_viewing": ("as_of_date", "uno", False),
    "int_restricted__account_favourites": ("as_of_date", "uno", False),
    "int_restricted__viewing_quintiles": ("as_of_date", "measure", False),
    "int_restricted__account_snapshots": ("as_of_date", "lifecycle, uno", False),
    "quarantine_player": ("ingest_date", "quarantine_reason", False),
    "quarantine_billing": ("ingest_date", "quarantine_reason", False),
    "quarantine_member": (None, None, False),
    "quarantine_catalog": (None, None, False),
    "quarantine_crm": (None, None, False),
    "int_reconciliation__viewing_log_days": ("ingest_date", None, False),
    "int_reconciliation__whole_tables": (None, None, False),
    "int_reconciliation__built_days": ("built_date", None, False),
    "int_viewing__program_days": ("view_date", "program_id, device_type", False),
    "int_viewing__overlap_days": ("view_date", "device_type, app_version", False),
    "int_viewing__overlap_baselines": ("view_date", "device_type, app_version", False),
    "viewing_overlap_daily": ("view_date", "device_type, app_version", False),
    "int_data_quality__viewing_codes": ("ingest_date", None, False),
    "contract_changes": (None, "system_name, table_name", False),
    "coded_values": (None, "source, column_name", False),
    "int_data_quality__play_counts": ("log_date", "device_type", False),
    "int_data_quality__refused_counts": ("ingest_date", "device_type", False),
    "int_data_quality__play_arrivals": ("log_date", "device_type", False),
    "int_data_quality__event_counts": ("log_date", "source, event", False),
    "int_data_quality__series_days": ("log_date", "series", False),
    "int_data_quality__teaching_days": ("log_date", "series", False),
    "int_data_quality__expected_hours": ("log_date", "series", False),
    "int_data_quality__arrival_curves": (None, "source", False),
    "log_arrivals_daily": ("log_date", "source", False),
    "log_completeness_daily": ("log_date", "source, device_type", False),
    "int_subscription__period_changes_daily": ("change_date", "level", False),
    "int_subscription__revenue_daily": ("revenue_date", "level", False),
    "int_subscription__level_days": ("snapshot_date", "level", False),
    "int_subscription__active_daily": ("snapshot_date", "level", False),
    "int_subscription__lifetimes": (None, "group_type, group_key", False),
    "int_subscription__account_changes_daily": ("change_date", "level", False),
    "int_restricted__first_view_starts": ("subscription_date", "uno", False),
    "int_first_view__views": ("subscription_date", "program_id", False),
    "int_first_view__program_days": ("subscription_date", "program_id", False),
    "int_crm__push_days": ("sent_date", "campaign_id", False),
    "push_performance_daily": ("sent_date", "campaign_id", False),
    "push_targets": (None, "campaign_id", False),
    "push_failures_daily": ("sent_date", "campaign_id", False),
    "paid_subscribers_daily": ("snapshot_date", "level, product_code", False),
    "subscription_movements_daily": ("movement_date", "level, movement", False),
    "mrr_bridge_monthly": ("month_start", "level, product_code", False),
    "churn_monthly": ("month_start", "level, product_code", False),
    "cohort_retention_monthly": ("cohort_month", "sales_type", False),
    "retention_survival": (None, "group_type, group_key", False),
    "log_reconciliation": (None, None, False),
    "log_quarantine_reasons": (None, None, False),
    "quality_checks_daily": ("check_date", "status, check_id", False),
    "data_quality_findings": (None, "detector, owner", False),
}
MART_VIEWS = (
    "viewing_daily",
    "first_views_daily",
    "subscription_spells",
    "program_hours_weekly",
    "account_segments",
)


@cache
def recorded(target: str = "prod") -> Recorded:
    return record(
        {
            "readers": READERS,
            "personal_policy_tags": [POLICY_TAG],
            "projects": {"raw": "raw-project", "marts": "marts-project"},
        },
        target,
        "*" if target == "prod" else "int_viewing__program_days",
    )


@cache
def recorded_without_variables() -> Recorded:
    os.environ["OTT_HASH_PEPPER"] = PEPPER
    return record()


def head(name: str, target: str = "prod") -> str:
    """What stands before the query of a create statement, in one line."""
    statement = recorded(target).creation_of(name)
    before, _, _ = statement.partition("\n    as (")
    return re.sub(r"\s+", " ", before)


def layer(name: str) -> str:
    return re.search(r"`[^`]+`\.`(?:prefix_)?(\w+)`\.", head(name)).group(1)


def test_every_table_of_the_project_has_its_design_written_down(compiled) -> None:
    tables = {
        node.name
        for node in compiled().of_kind("model")
        if node.config["materialized"] != "view"
    }
    assert tables == set(DESIGN)


@pytest.mark.parametrize("name", DESIGN)
def test_a_table_is_partitioned_and_clustered_as_written_down(name: str) -> None:
    partition, cluster, requires_filter = DESIGN[name]
    text = head(name)
    assert text.strip().startswith("create or replace table")
    asked = re.search(r"partition by (\w+)", text)
    assert (asked.group(1) if asked else None) == partition
    asked = re.search(r"cluster by ([\w, ]+?) OPTIONS", text)
    assert (asked.group(1) if asked else None) == cluster
    assert ("require_partition_filter=True" in text) == requires_filter


@pytest.mark.parametrize("name", DESIGN)
def test_a_table_carries_labels_of_cost_and_its_description(name: str) -> None:
    text = head(name)
    assert f"labels=[('layer', '{layer(name)}'), ('domain', " in text
    assert 'description="""One row per ' in text


def test_only_personal_partitions_expire_and_production_tables_never() -> None:
    for name, (partition, _, _) in DESIGN.items():
        expires = "partition_expiration_days=3650" in head(name)
        assert expires == (partition is not None and layer(name) == "restricted"), name
        assert "expiration_timestamp" not in head(name), name


def test_tables_of_a_person_and_of_a_pull_request_expire() -> None:
    assert "INTERVAL 336 hour" in head("int_viewing__program_days", "bq_dev")
    assert "INTERVAL 24 hour" in head("int_viewing__program_days", "bq_ci")


def test_readers_are_granted_their_layer_alone() -> None:
    for name in (*DESIGN, *MART_VIEWS):
        granted = " ".join(recorded().grants_on(name))
        for other, readers in READERS.items():
            for reader in readers:
                assert (reader in granted) == (other == layer(name)), name


def test_every_personal_column_of_a_table_carries_the_policy_tag() -> None:
    tags = recorded().policy_tags
    assert tags["int_restricted__accounts_judged"] == {
        column: [POLICY_TAG] for column in ("uno", "birth_date", "email", "phone")
    }
    assert set(tags["int_restricted__watched_plays"]) == {"uno"}
    assert set(tags["int_restricted__resent_viewing_logs"]) == {
        "uno",
        "profile_id",
        "device_id",
    }
    assert all(name.startswith("int_restricted__") for name in tags)


def test_without_variables_nothing_is_granted_or_tagged() -> None:
    plain = recorded_without_variables()
    assert plain.policy_tags == {}
    assert not [s for s in plain.statements if s.lstrip().startswith("grant ")]


def test_keys_are_declared_and_not_enforced() -> None:
    text = head("log_quarantine_reasons")
    assert "primary key (system, table_name, reason) not enforced" in text
    assert "foreign key (system, table_name) references" in text
    assert "`log_reconciliation` (system, table_name) not enforced" in text
    assert "subscribers int64 not null" in head("paid_subscribers_daily")
    assert "equivalent_paid_users numeric(18, 4) not null" in head(
        "paid_subscribers_daily"
    )


def test_layers_lie_in_the_projects_that_the_variable_names() -> None:
    statement = recorded().creation_of("stg_player__viewing_logs")
    assert "`raw-project`.`raw_player`.`viewing_log`" in statement
    assert "`marts-project`.`marts`.`viewing_daily`" in head("viewing_daily")
    assert "`recorded`.`warehouse`.`int_viewing__plays`" in head("int_viewing__plays")
    statement = recorded().creation_of("viewing_daily")
    assert "`recorded`.`warehouse`.`int_viewing__program_days`" in statement


def test_only_production_writes_names_without_a_prefix() -> None:
    name = "`prefix_warehouse`.`int_viewing__program_days`"
    assert name in head("int_viewing__program_days", "bq_ci")
    assert name in head("int_viewing__program_days", "bq_dev")


def test_no_statement_holds_the_pepper() -> None:
    sent = recorded_without_variables()
    everything: list[Any] = [*sent.statements, sent.policy_tags]
    assert PEPPER not in str(everything)
    assert "`secret`.`pepper`" in sent.creation_of("int_restricted__account_hashes")
