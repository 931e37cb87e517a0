"""The command `ott keep-checks`: results of tests that dbt ran on its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from ott.build import shown
from ott.contract import PROJECT_DIR
from ott.environment import duckdb_path
from ott.errors import UserError
from ott.quality.columns import TABLE as COLUMNS
from ott.quality.columns import columns_on_bigquery, merged
from ott.quality.kept import keep, kept_path
from ott.quality.results import TABLE, check_rows


@click.command("keep-checks")
@click.argument(
    "folder",
    required=False,
    type=click.Path(path_type=Path),
    metavar="[TARGET]",
)
@click.option(
    "--into",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to keep them in; else the one beside the database.",
)
def keep_checks_command(folder: Path | None, into: Path | None) -> None:
    """Keep the results of the last run of dbt, from its folder TARGET (`target`).

    `ott build` and `ott daily` keep theirs themselves. After a plain `dbt build` this
    reads run_results.json and manifest.json and writes one small Parquet file, named by
    the run: the same run again replaces it. For BigQuery, load the file into
    `kept_quality.check_result`. quality_checks_daily tells them at its next build.
    Where `dbt docs generate` has left a catalog.json of BigQuery, the columns of the
    raw tables are kept too, for `kept_quality.raw_column` and contract_changes.
    """
    target = folder or PROJECT_DIR / "target"
    results = _load(target / "run_results.json")
    manifest = _load(target / "manifest.json")
    try:
        run = str(results["metadata"]["invocation_id"])
        moment = datetime.fromisoformat(results["metadata"]["generated_at"])
        nodes = manifest["nodes"]
        finished = moment.astimezone(UTC).replace(tzinfo=None)
        rows = list(check_rows(results["results"], nodes, run, finished))
        if Path(run).name != run:
            raise ValueError("the id of the run is no name of a file")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"{target} holds no results of a run of dbt that can be read ({error!r}). "
            "Run `dbt build` again and name the folder it writes to."
        ) from None
    root = into or kept_path(duckdb_path())
    columns = _columns(target / "catalog.json", manifest)
    count = keep(root, TABLE, run, rows)
    click.echo(f"{count} results of tests kept in {shown(root.absolute())}")
    if columns:
        day = columns[0]["last_seen_date"]
        keep(root, COLUMNS, f"columns-{day}", columns)
        click.echo(f"{len(columns)} columns of raw tables kept, as of {day}")


def _columns(path: Path, manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the columns of BigQuery's raw tables; none where no catalog tells them."""
    if not path.exists() or manifest["metadata"].get("adapter_type") != "bigquery":
        return []
    catalog = _load(path)
    try:
        day = datetime.fromisoformat(catalog["metadata"]["generated_at"]).date()
        return merged(columns_on_bigquery(catalog["sources"], manifest["sources"], day))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            f"{path} is no catalog of dbt that can be read ({error!r}). Run "
            "`dbt docs generate` again, or remove the file."
        ) from None


def _load(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise UserError(
            f"{path} cannot be read: {said}. Run `dbt build` first, or name the folder "
            "that it writes to."
        ) from None
    if not isinstance(found, dict):
        raise UserError(f"{path} is no file of dbt. Run `dbt build` again.")
    return found
