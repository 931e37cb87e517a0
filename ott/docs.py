"""The command `ott docs`: the data dictionary, made from a copy of the database."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ott.build import shown
from ott.contract import PROJECT_DIR
from ott.database import open_database
from ott.environment import duckdb_path, set_environment
from ott.errors import UserError


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default="site/docs.html",
    show_default=True,
    metavar="FILE",
    help="Page to write.",
)
def docs(out: Path) -> None:
    """Write the data dictionary of what was built as one page.

    The page needs no server, names no folder of this computer and sends nothing. It is
    made from a copy of the database that OTT_DUCKDB_PATH names, else data/ott.duckdb;
    the database and the raw logs stay as they are, and no pepper is needed.
    """
    database, out = duckdb_path(), out.absolute()
    try:
        with TemporaryDirectory(prefix="ott-docs-") as folder:
            page = generate(database, Path(folder).resolve())
        _write(page, out)
    except OSError as error:
        raise UserError(
            f"The page cannot be written: {error.filename or out}: "
            f"{error.strerror or error}. Mend that, name another file with --out, or "
            "let TMPDIR name a folder with room for a copy of the database."
        ) from error
    click.echo(shown(out))


def generate(database: Path, folder: Path) -> str:
    """Return the page, made in a temporary folder.

    Raises:
        UserError: there is no database yet, it is in use, or dbt failed.
    """
    copy = folder / "copy" / database.name  # its name stands in every relation's
    (folder / "raw").mkdir()
    copy.parent.mkdir()
    with open_database(database):  # nobody writes to it as long as it is open
        shutil.copyfile(database, copy)
        changes = database.with_name(f"{database.name}.wal")
        if changes.exists():
            shutil.copyfile(changes, copy.with_name(changes.name))

    from ott.dbt_run import run_dbt

    environment = {
        "OTT_DUCKDB_PATH": str(copy),
        "OTT_RAW_PATH": str(folder / "raw"),
        "OTT_HASH_PEPPER": "no account is hashed here",
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    with set_environment(environment):
        run_dbt(["docs", "generate", "--static"], "dev", "Writing the data dictionary")
    page = (folder / "target" / "static_index.html").read_text(encoding="utf-8")
    for name in ("manifest.json", "catalog.json"):
        # only what dbt put into the page: a short path may stand in the page's script
        told = (folder / "target" / name).read_text(encoding="utf-8").strip()
        untold = told
        for path in (folder, PROJECT_DIR):
            untold = untold.replace(json.dumps(str(path))[1:-1], ".")
        page = page.replace(told, untold)
    return page


def _write(page: str, out: Path) -> None:
    """Write the page; the file takes its name once it is whole."""
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f".{out.name}.partial")
    try:
        partial.write_text(page, encoding="utf-8")
        os.replace(partial, out)
    finally:
        partial.unlink(missing_ok=True)
