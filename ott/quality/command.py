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
    count = keep(root, TABLE, run, rows)
    click.echo(f"{count} results of tests kept in {shown(root.absolute())}")


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
