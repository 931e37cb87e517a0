"""The statements that dbt-bigquery would send, recorded without a server.

`python -m ott.bigquery.recorded OUT.json TARGET VARS SELECT first|next` runs `dbt run`
for a BigQuery target with a connection that answers nothing and writes down what it is
asked: dbt-bigquery's own materialisations make every statement, so partitions, options,
grants and policy tags are those that the service would get. In a first run there is no
relation yet; in the next one all are there, so incremental models add to them. Run it
as a process of its own: it replaces methods of dbt's adapter.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ott.contract import PROJECT_DIR
from ott.errors import UserError

ENVIRONMENT = {
    "OTT_BIGQUERY_PROJECT": "recorded",
    "OTT_DATASET_PREFIX": "prefix",
    # a backfill only where it is asked for
    "OTT_START_DATE": "",
    "OTT_END_DATE": "",
}
FIRST, NEXT = "first", "next"
TEMPORARY = "__dbt_tmp"


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
            # the line of its name alone: a description may name other relations
            if re.search(rf"create or replace \w+ [^\n]*`{name}`", statement):
                return statement
        raise KeyError(name)

    def addition_to(self, name: str) -> str:
        """Return the statement that adds to the table of an incremental model.

        Raises:
            KeyError: no statement does.
        """
        for statement in self.statements:
            if re.search(rf"^\s*merge into [^\n]*`{name}`", statement, re.MULTILINE):
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
    run: str = FIRST,
    environment: Mapping[str, str] | None = None,
) -> Recorded:
    """Record a `dbt run`, of the whole project by default, in a process of its own.

    Args:
        variables: dbt's variables.
        target: a BigQuery target of the profile.
        select: dbt's selection.
        run: `first`, into empty datasets, or `next`, where all relations are there.
        environment: variables of the environment, such as OTT_RUN_DATE.

    Raises:
        UserError: dbt failed; the message holds what it printed.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "recorded.json")
        process = subprocess.run(
            [
                *(sys.executable, "-m", "ott.bigquery.recorded", str(out)),
                *(target, json.dumps(variables or {}), select, run),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=PROJECT_DIR,
            env=os.environ | ENVIRONMENT | dict(environment or {}),
        )
        if process.returncode:
            said = process.stdout + process.stderr
            raise UserError(f"dbt could not be recorded:\n{said}")
        return Recorded(**json.loads(out.read_text(encoding="utf-8")))


def _main(out: Path, target: str, variables: str, select: str, run: str) -> int:
    from dbt.cli.main import dbtRunner

    statements: list[str] = []
    policy_tags: dict[str, dict[str, list[str]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        profile = (PROJECT_DIR / "profiles.yml.example").read_text(encoding="utf-8")
        Path(folder, "profiles.yml").write_text(profile, encoding="utf-8")
        arguments = [
            *("--quiet", "--target", target, "--threads", "1"),
            *("--project-dir", str(PROJECT_DIR), "--profiles-dir", folder),
            *("--target-path", str(Path(folder, "target"))),
            *("--log-path", str(Path(folder, "logs")), "--vars", variables),
        ]
        parsed = dbtRunner().invoke(["parse", *arguments])
        if not parsed.success:
            print(parsed.exception)
            return 1
        manifest: Any = parsed.result
        _replace_the_server(statements, policy_tags, _models(manifest), run == NEXT)
        result = dbtRunner(manifest=manifest).invoke(
            ["run", *arguments, "--select", select]
        )
    out.write_text(
        json.dumps({"statements": statements, "policy_tags": policy_tags}),
        encoding="utf-8",
    )
    return 0 if result.success else 1


def _models(manifest: Any) -> dict[str, Any]:
    return {
        node.alias: node
        for node in manifest.nodes.values()
        if node.resource_type == "model"
    }


def _replace_the_server(
    statements: list[str],
    policy_tags: dict[str, dict[str, list[str]]],
    models: Mapping[str, Any],
    are_there: bool,
) -> None:
    """Let dbt's adapter note down its statements instead of sending them."""
    from dbt.adapters.bigquery import BigQueryColumn
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

    def relations(adapter: Any, schema: Any) -> list[Any]:
        return [
            adapter.Relation.create(
                database=schema.database,
                schema=schema.schema,
                identifier=name,
                type="view" if node.config.materialized == "view" else "table",
            )
            for name, node in models.items()
            if are_there and (node.database, node.schema) == _place(schema)
        ]

    def documented_columns(_: Any, relation: Any) -> list[Any]:
        # a table has the columns that are described; test_project_rules.py sees to it
        model = models[relation.identifier.partition(TEMPORARY)[0]]
        return [BigQueryColumn(name, "STRING") for name in model.columns]

    manager: Any = BigQueryConnectionManager
    manager.open = classmethod(open_nothing)
    manager.execute = note
    manager.get_bq_table = lambda *_, **__: None
    adapter: Any = BigQueryAdapter
    adapter.list_schemas = lambda *_, **__: []
    adapter.create_schema = lambda *_, **__: None
    adapter.drop_relation = lambda *_, **__: None
    adapter.is_replaceable = lambda *_, **__: True
    adapter.list_relations_without_caching = relations
    adapter.get_bq_table = lambda *_, **__: None
    # both sides of the contract check are empty, and so equal: ZetaSQL checks types
    adapter.get_column_schema_from_query = lambda *_, **__: []
    adapter.get_columns_in_relation = documented_columns
    adapter.update_columns = note_columns
    adapter.update_table_description = lambda *_, **__: None
    adapter.grant_access_to = lambda *_, **__: None


def _place(schema: Any) -> tuple[str, str]:
    return schema.database, schema.schema


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1]), *sys.argv[2:]))
