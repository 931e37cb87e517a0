"""The command `ott doctor`: is everything there that a build needs?"""

from __future__ import annotations

import importlib.metadata
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import yaml

from ott.contract import PROJECT_DIR
from ott.database import check_database
from ott.environment import check_python, closed_day, duckdb_path, pepper
from ott.errors import UserError
from ott.raw_check import check_raw
from ott.raw_tables import raw_path
from ott.seed_check import check_products
from ott.variables import project_variables

PACKAGES = ("dbt-core", "dbt-bigquery", "dbt-duckdb", "duckdb")
# Variables of dbt_project.yml that are a number, with their least value.
NUMBERS = {
    "lookback_days": 0,
    "max_play_hours": 1,
    "future_tolerance_minutes": 0,
    "valid_view_seconds": 0,
    "grace_days": 0,
    "equivalent_price_krw": 1,
}
SHARES = ("completed_view_share", "max_quarantined_share")

Check = Callable[[], str]


@click.command()
@click.option(
    "--target",
    default="dev",
    show_default=True,
    help="Target of profiles.yml: dev and ci are DuckDB, prod, bq_dev, bq_ci BigQuery.",
)
def doctor(target: str) -> None:
    """Check the profile, the versions, the variables and the raw logs.

    Nothing is written and nothing is sent: a BigQuery target is checked as far as this
    computer knows. Exits with 1 if a build would fail.
    """
    is_sound = True
    for name, check in checks(target):
        try:
            click.echo(f"ok     {name}: {check()}")
        except UserError as error:
            is_sound = False
            click.echo(f"wrong  {name}: {error.message}")
    if not is_sound:
        raise UserError("A build would fail. Mend what is marked wrong above.")
    click.echo("Everything that a build needs is there.")


def checks(target: str) -> Iterator[tuple[str, Check]]:
    """Yield the name of each check for a target, and a function that runs it.

    The function returns what it found, or raises a UserError that says what to do.
    """
    yield "Python", _python
    yield "packages", _packages
    yield "profile", lambda: _profile(target)
    yield "variables", _variables
    yield "run date", lambda: f"{closed_day(os.environ.get('OTT_RUN_DATE'))}, closed"
    yield "products", _products
    kind = _output(target).get("type")
    if kind == "bigquery":
        yield "project", lambda: _project(target)
        yield "credentials", lambda: _credentials(target)
    elif kind == "duckdb":
        yield "pepper", lambda: "set" if pepper() else ""
        yield "database", lambda: _database(target)
        yield "raw logs", _raw


def _python() -> str:
    check_python()
    return "3.11 or newer"


def _packages() -> str:
    locked = dict(
        line.split(" ")[0].split("==")
        for line in (PROJECT_DIR / "requirements.lock").read_text().splitlines()
        if "==" in line
    )
    found = {}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            raise UserError(
                f"{package} is not installed. Run `make build`, which installs the "
                "versions of requirements.lock."
            ) from None
        if found[package] != locked[package]:
            raise UserError(
                f"{package} is {found[package]}, the project is tested with "
                f"{locked[package]}. Run .venv/bin/pip install -r requirements.lock."
            )
    return ", ".join(f"{package} {version}" for package, version in found.items())


def _profile(target: str) -> str:
    output = _output(target)
    if not output:
        raise UserError(
            f"profiles.yml has no target '{target}' in the profile 'ott'. Compare it "
            "with profiles.yml.example."
        )
    return f"target {target}, {output['type']}"


def _output(target: str) -> dict[str, Any]:
    path = PROJECT_DIR / "profiles.yml"
    if not path.exists():
        path = PROJECT_DIR / "profiles.yml.example"
    try:
        profile = yaml.safe_load(path.read_text(encoding="utf-8"))
        outputs = profile["ott"]["outputs"]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise UserError(
            f"{path} can't be read as a profile: {error}. Compare it with "
            "profiles.yml.example."
        ) from None
    found: dict[str, Any] = outputs.get(target) or {}
    return found


def _variables() -> str:
    path = PROJECT_DIR / "dbt_project.yml"
    values = project_variables(PROJECT_DIR)
    for name, least in NUMBERS.items():
        value = values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise UserError(
                f"{path}: the variable {name} is {value!r}; it must be a whole number "
                f"of at least {least}."
            )
    for name in SHARES:
        value = values.get(name)
        if not isinstance(value, int | float) or not 0 <= value <= 1:
            raise UserError(
                f"{path}: the variable {name} is {value!r}; it must lie between 0 "
                "and 1."
            )
    try:
        date.fromisoformat(str(values.get("history_start_date")))
    except ValueError:
        raise UserError(
            f"{path}: the variable history_start_date is "
            f"{values.get('history_start_date')!r}; write it as YYYY-MM-DD."
        ) from None
    return f"{len(values)} in dbt_project.yml"


def _products() -> str:
    check_products()
    return "seeds/products.csv is sound"


def _database(target: str) -> str:
    path = duckdb_path(target)
    check_database(path)
    return f"{path}, {'there' if path.exists() else 'will be made'}"


def _raw() -> str:
    report = check_raw(raw_path())
    if report.errors:
        more = len(report.errors) - 1
        rest = f" And {more} more: ott check-raw {report.root}." if more else ""
        raise UserError(f"{report.errors[0]}{rest}")
    return f"{report.root} satisfies the contract, {len(report.warnings)} warnings"


def _project(target: str) -> str:
    given = str(_output(target).get("project", ""))
    variable = re.search(r"env_var\('(\w+)'", given)
    if variable is None:
        return given
    name = variable.group(1)
    if not os.environ.get(name):
        raise UserError(
            f"{name} is not set. export {name}=your-project: the Google Cloud project "
            "that queries run in."
        )
    return os.environ[name]


def _credentials(target: str) -> str:
    method = _output(target).get("method", "oauth")
    if method != "oauth":
        return f"method {method}, checked by BigQuery"
    named = os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    if named:
        if not Path(named).is_file():
            raise UserError(
                f"GOOGLE_APPLICATION_CREDENTIALS names {named}, which does not exist. "
                "Unset it, or let it name a credentials file."
            )
        return f"file {named}"
    folder = os.environ.get("CLOUDSDK_CONFIG") or Path.home() / ".config" / "gcloud"
    if Path(folder, "application_default_credentials.json").is_file():
        return "of gcloud auth application-default login"
    raise UserError(
        "No credentials were found. Sign in with `gcloud auth application-default "
        "login`; a server that runs in Google Cloud needs none, its service account is "
        "found there."
    )
