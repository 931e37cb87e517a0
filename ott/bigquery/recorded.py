"""The statements that dbt-bigquery would send, recorded without a server.

`python -m ott.bigquery.recorded OUT.json TARGET VARS SELECT` runs `dbt run` for a
BigQuery target with a connection that answers nothing and writes down what it is asked:
dbt-bigquery's own materialisations make every statement, so partitions, options, grants
and policy tags are those that the service would get. Run it as a process of its own: it
replaces methods of dbt's adapter.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ott.contract import PROJECT_DIR
from ott.errors import UserError

ENVIRONMENT = {"OTT_BIGQUERY_PROJECT": "recorded", "OTT_DATASET_PREFIX": "prefix"}


@dataclass(frozen=True)
class Recorded:
    """What dbt-bigquery would send.

    `statements` are in the order sent; `policy_tags` map a relation to its columns and
    their tags.
    """

    statements: list[str]
    policy_tags: dict[str, dict[str, list[str]]]

    def creation_of(self, name: str) -> str:
        """Return the statement that creates the table or view of a model.

        Raises:
            KeyError: no statement creates it.
        """
        for statement in self.statements:
            head = statement.split("as (", 1)[0]
            if "create or replace" in head and f"`{name}`" in head:
                return statement
        raise KeyError(name)

    def grants_on(self, name: str) -> list[str]:
        """Return the grant statements on a model's relation."""
        return [
            statement
            for statement in self.statements
            if statement.lstrip().startswith("grant ") and f"`{name}`" in statement
        ]


def record(
    variables: dict[str, Any] | None = None,
    target: str = "prod",
    select: str = "*",
) -> Recorded:
    """Record a `dbt run`, of the whole project by default, in a process of its own.

    Raises:
        UserError: dbt failed; the message holds what it printed.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "recorded.json")
        run = subprocess.run(
            [
                *(sys.executable, "-m", "ott.bigquery.recorded", str(out)),
                *(target, json.dumps(variables or {}), select),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=PROJECT_DIR,
            env=os.environ | ENVIRONMENT,
        )
        if run.returncode:
            raise UserError(f"dbt could not be recorded:\n{run.stdout}{run.stderr}")
        return Recorded(**json.loads(out.read_text(encoding="utf-8")))


def _main(out: Path, target: str, variables: str, select: str) -> int:
    from dbt.cli.main import dbtRunner

    statements: list[str] = []
    policy_tags: dict[str, dict[str, list[str]]] = {}
    _replace_the_server(statements, policy_tags)
    with tempfile.TemporaryDirectory() as folder:
        profile = (PROJECT_DIR / "profiles.yml.example").read_text(encoding="utf-8")
        Path(folder, "profiles.yml").write_text(profile, encoding="utf-8")
        result = dbtRunner().invoke(
            [
                *("run", "--quiet", "--target", target, "--threads", "1"),
                *("--project-dir", str(PROJECT_DIR), "--profiles-dir", folder),
                *("--target-path", str(Path(folder, "target"))),
                *("--log-path", str(Path(folder, "logs")), "--vars", variables),
                *("--select", select),
            ]
        )
    out.write_text(
        json.dumps({"statements": statements, "policy_tags": policy_tags}),
        encoding="utf-8",
    )
    return 0 if result.success else 1


def _replace_the_server(
    statements: list[str], policy_tags: dict[str, dict[str, list[str]]]
) -> None:
    """Let dbt's adapter note down its statements instead of sending them."""
    from dbt.adapters.bigquery.connections import (
        BigQueryAdapterResponse,
        BigQueryConnectionManager,
    )
    from dbt.adapters.bigquery.impl import BigQueryAdapter
    from dbt_common.clients.agate_helper import empty_table

    def open_nothing(_: type, connection: Any) -> Any:
        connection.state, connection.handle = "open", io.BytesIO()
        return connection

    def note(_: Any, sql: str, *rest: Any, **named: Any) -> tuple[Any, Any]:
        statements.append(sql)
        return BigQueryAdapterResponse(_message="OK", code="OK"), empty_table()

    def note_columns(_: Any, relation: Any, columns: dict[str, Any]) -> None:
        tags = {
            name: column["policy_tags"]
            for name, column in columns.items()
            if column.get("policy_tags")
        }
        if tags:
            policy_tags[relation.identifier] = tags

    manager: Any = BigQueryConnectionManager
    manager.open = classmethod(open_nothing)
    manager.execute = note
    manager.get_bq_table = lambda *_, **__: None
    adapter: Any = BigQueryAdapter
    adapter.list_schemas = lambda *_, **__: []
    adapter.create_schema = lambda *_, **__: None
    adapter.list_relations_without_caching = lambda *_, **__: []
    adapter.get_bq_table = lambda *_, **__: None
    # both sides of the contract check are empty, and so equal: ZetaSQL checks types
    adapter.get_column_schema_from_query = lambda *_, **__: []
    # docs go to the columns that a table has: all that the project documents
    adapter.get_columns_in_relation = lambda *_, **__: _documented_columns()
    adapter.update_columns = note_columns
    adapter.update_table_description = lambda *_, **__: None
    adapter.grant_access_to = lambda *_, **__: None


def _documented_columns() -> list[Any]:
    from dbt.adapters.bigquery import BigQueryColumn

    names = {
        column["name"]
        for path in PROJECT_DIR.glob("models/**/_*__models.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
        for column in model["columns"]
    }
    return [BigQueryColumn(name, "STRING") for name in sorted(names)]


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1]), *sys.argv[2:]))
