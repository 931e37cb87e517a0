"""`ott doctor` says in plain words what a build would stumble over."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

import ott.doctor
from ott.cli import main
from ott.contract import PROJECT_DIR

pytestmark = pytest.mark.usefixtures("environment")


def doctor(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", *arguments])


def wrong(result: Result) -> dict[str, str]:
    """The checks that failed, with what they say; the exit code must fit."""
    found = dict(
        line.removeprefix("wrong  ").split(": ", 1)
        for line in result.stdout.splitlines()
        if line.startswith("wrong")
    )
    assert result.exit_code == (1 if found else 0), result.output
    assert "Traceback" not in result.output
    return found


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the files that the doctor reads, to be broken by a test."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("dbt_project.yml", "requirements.lock", "profiles.yml.example"):
        (folder / name).write_text((PROJECT_DIR / name).read_text())
    monkeypatch.setattr(ott.doctor, "PROJECT_DIR", folder)
    return folder


def test_a_sound_environment() -> None:
    result = doctor()
    assert wrong(result) == {}
    assert "Everything that a build needs is there." in result.stdout


def test_a_missing_pepper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OTT_HASH_PEPPER")
    assert "OTT_HASH_PEPPER is not set" in wrong(doctor())["pepper"]


def test_an_open_run_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTT_RUN_DATE", "2999-01-01")
    assert "is not over in Korea" in wrong(doctor())["run date"]


def test_a_raw_folder_that_lacks_a_table(
    tiny_raw: Path,
) -> None:
    (tiny_raw / "catalog" / "program").rename(tiny_raw / "catalog" / "elsewhere")
    assert "catalog.program" in wrong(doctor())["raw logs"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("grace_days", -1, "at least 0"),
        ("valid_view_seconds", "30", "a whole number"),
        ("equivalent_price_krw", 0, "at least 1"),
        ("completed_view_share", 90, "between 0 and 1"),
        ("max_quarantined_share", None, "between 0 and 1"),
        ("history_start_date", "01.01.2011", "YYYY-MM-DD"),
    ],
)
def test_a_variable_that_cannot_be(
    project: Path, name: str, value: object, words: str
) -> None:
    path = project / "dbt_project.yml"
    settings = yaml.safe_load(path.read_text())
    settings["vars"][name] = value
    path.write_text(yaml.safe_dump(settings))
    message = wrong(doctor())["variables"]
    assert f"the variable {name} is {value!r}" in message
    assert words in message


def test_another_version_of_dbt(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = importlib.metadata.version

    def older(name: str) -> str:
        return "1.10.0" if name == "dbt-core" else installed(name)

    monkeypatch.setattr(importlib.metadata, "version", older)
    assert "dbt-core is 1.10.0" in wrong(doctor())["packages"]


def test_a_target_that_the_profile_lacks(project: Path) -> None:
    assert "no target 'nope'" in wrong(doctor("--target", "nope"))["profile"]


def test_a_profile_that_is_no_yaml(project: Path) -> None:
    (project / "profiles.yml").write_text("ott: [")
    result = doctor()
    assert result.exit_code == 1
    assert "can't be read as a profile" in result.output


@pytest.fixture
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer on which nobody signed in to Google Cloud."""
    for name in ("OTT_BIGQUERY_PROJECT", "GOOGLE_APPLICATION_CREDENTIALS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    return tmp_path


def test_bigquery_without_a_project_and_credentials(nobody: Path) -> None:
    found = wrong(doctor("--target", "prod"))
    assert set(found) == {"project", "credentials"}
    assert "OTT_BIGQUERY_PROJECT is not set" in found["project"]
    assert "gcloud auth application-default login" in found["credentials"]


def test_bigquery_with_both(nobody: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTT_BIGQUERY_PROJECT", "my-project")
    (nobody / "application_default_credentials.json").write_text("{}")
    result = doctor("--target", "prod")
    assert wrong(result) == {}
    assert "my-project" in result.stdout


def test_a_key_file_that_does_not_exist(
    nobody: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTT_BIGQUERY_PROJECT", "my-project")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(nobody / "gone.json"))
    assert "gone.json" in wrong(doctor("--target", "prod"))["credentials"]
