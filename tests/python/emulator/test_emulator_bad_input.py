"""What a person reads when a build on BigQuery lacks something: the thing is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from google.cloud import bigquery

from ott.contract import PROJECT_DIR, Table, tables
from ott.emulator.dbt_process import Run, on_emulator, run
from ott.emulator.load import client, load_pepper, load_raw
from ott.emulator.server import Server, running
from ott.sample.run import Sample
from ott.sample.settings import Settings

pytestmark = [pytest.mark.emulator, pytest.mark.xdist_group("emulator")]

DAY = date(2026, 6, 15)
PLAYS_VIEW = "stg_player__viewing_logs"
HASHES = "int_restricted__account_hashes"


@pytest.fixture(scope="module")
def raw(folder: Path) -> Path:
    for _ in Sample(folder / "raw", Settings(DAY, DAY, 20, 20)).steps():
        pass
    return folder / "raw"


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with running(folder / "server") as found:
        yield found


@pytest.fixture
def bq(server: Server, raw: Path) -> bigquery.Client:
    """Return a client of a project in which nothing is missing yet."""
    found = client(server.url)
    # the emulator keeps the columns of a table that a load replaces
    found.delete_table(f"{found.project}.raw_player.viewing_log", not_found_ok=True)
    load_raw(found, raw, read())
    load_pepper(found, "a pepper")
    return found


def read() -> list[Table]:
    return [table for table in tables() if table.is_required or table.system == "crm"]


def viewing_log() -> Table:
    return next(table for table in tables() if str(table) == "player.viewing_log")


@pytest.fixture
def build(server: Server, folder: Path, bq: bigquery.Client) -> Callable[..., Run]:
    def build_models(*models: str, **changes: str) -> Run:
        return on_emulator(
            [
                *("build", "--exclude-resource-type", "test", "unit_test"),
                *("--select", *models),
            ],
            folder / "dbt",
            DAY.isoformat(),
            server,
            changes=changes,
        )

    return build_models


def the_message(done: Run, model: str) -> str:
    (failure,) = done.failures
    assert failure["unique_id"] == f"model.ott.{model}"
    assert "Traceback" not in done.output
    return str(failure["message"])


def test_a_missing_dataset_is_named(
    bq: bigquery.Client, build: Callable[..., Run]
) -> None:
    bq.delete_dataset(f"{bq.project}.raw_player", delete_contents=True)
    message = the_message(build(PLAYS_VIEW), PLAYS_VIEW)
    assert "Not found: Dataset ott-proof:raw_player" in message
    assert f"{PLAYS_VIEW}.sql" in message


def test_a_missing_raw_table_is_named(
    bq: bigquery.Client, build: Callable[..., Run]
) -> None:
    bq.delete_table(f"{bq.project}.raw_player.viewing_log")
    message = the_message(build(PLAYS_VIEW), PLAYS_VIEW)
    assert "Not found: Table ott-proof.raw_player.viewing_log" in message


def test_a_missing_column_of_a_raw_table_is_named(
    bq: bigquery.Client, build: Callable[..., Run], raw: Path
) -> None:
    table = viewing_log()
    bq.delete_table(f"{bq.project}.raw_player.viewing_log")
    columns = {
        name: type_ for name, type_ in table.columns.items() if name != "device_type"
    }
    load_raw(bq, raw, [replace(table, columns=columns)])
    # the emulator words it otherwise than BigQuery's "Unrecognized name: device_type"
    assert "device_type" in the_message(build(PLAYS_VIEW), PLAYS_VIEW)


def test_a_missing_pepper_table_is_named(
    bq: bigquery.Client, build: Callable[..., Run]
) -> None:
    bq.delete_table(f"{bq.project}.secret.pepper")
    message = the_message(build(f"+{HASHES}"), HASHES)
    assert "Not found: Table ott-proof.secret.pepper" in message


def test_a_missing_pepper_dataset_is_named(
    bq: bigquery.Client, build: Callable[..., Run]
) -> None:
    bq.delete_dataset(f"{bq.project}.secret", delete_contents=True)
    message = the_message(build(f"+{HASHES}"), HASHES)
    assert "Not found: Dataset ott-proof:secret" in message


def test_a_wrong_project_is_named(build: Callable[..., Run]) -> None:
    done = build(PLAYS_VIEW, OTT_BIGQUERY_PROJECT="another-project")
    message = the_message(done, PLAYS_VIEW)
    assert "Not found: Dataset another-project:raw_player" in message


def test_a_project_that_is_not_set_names_the_variable(
    build: Callable[..., Run],
) -> None:
    done = build(PLAYS_VIEW, OTT_BIGQUERY_PROJECT="set-OTT_BIGQUERY_PROJECT")
    assert "set-OTT_BIGQUERY_PROJECT" in the_message(done, PLAYS_VIEW)


def test_without_credentials_dbt_says_what_is_missing(tmp_path: Path) -> None:
    shutil.copy(PROJECT_DIR / "profiles.yml.example", tmp_path / "profiles.yml")
    done = run(
        ["build", "--target", "prod", "--select", PLAYS_VIEW],
        tmp_path,
        tmp_path,
        {
            "OTT_BIGQUERY_PROJECT": "a-project",
            "OTT_RUN_DATE": DAY.isoformat(),
            # no gcloud log-in in this home, and no server that would stand in for one
            "HOME": str(tmp_path),
            "NO_GCE_CHECK": "true",
        },
    )
    assert done.results == []
    assert "Your default credentials were not found" in done.output
    assert "set up Application Default Credentials" in done.output
    assert "Traceback" not in done.output
