"""The statements with which dbt-bigquery would create relations and add rows to them.

They are rendered by dbt-bigquery's own macros, without a connection. Only the query
that compares a contract with the service is left out: the proof compares it itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ADAPTER = "bigquery"
MACROS = {"table": "create_table_as", "incremental": "create_table_as"}
VIEW_MACRO = "create_view_as"
TEMPORARY = "__dbt_tmp"


def create_statements(manifest: Any) -> dict[str, str]:
    """Return each model's create statement by the model's id; none for DuckDB.

    Args:
        manifest: dbt's manifest after a compile, before the adapter is forgotten.
    """
    from dbt.clients.jinja import MacroGenerator

    found = {}
    for node, context, adapter in _models(manifest):
        context["get_assert_columns_equivalent"] = lambda sql: ""
        name = MACROS.get(node.config.materialized, VIEW_MACRO)
        macro = manifest.find_macro_by_name(
            f"{ADAPTER}__{name}", adapter.config.project_name, None
        )
        arguments = [context["this"], node.compiled_code]
        if name != VIEW_MACRO:
            arguments.insert(0, False)  # not temporary
        with adapter.connection_named(f"create_{node.name}"):
            found[node.unique_id] = str(MacroGenerator(macro, context)(*arguments))
    return found


def addition_statements(manifest: Any) -> dict[str, str]:
    """Return by the model's id how each incremental model puts its rows in place.

    They lie in a table whose name ends in `TEMPORARY`.

    Args:
        manifest: dbt's manifest after a compile, before the adapter is forgotten.
    """
    from dbt.adapters.bigquery import BigQueryColumn
    from dbt.clients.jinja import MacroGenerator

    found = {}
    for node, context, adapter in _models(manifest):
        if node.config.materialized != "incremental":
            continue
        macro = manifest.find_macro_by_name(
            "bq_generate_incremental_build_sql", adapter.config.project_name, None
        )
        this, config = context["this"], context["config"]
        with adapter.connection_named(f"add_to_{node.name}"):
            statement = MacroGenerator(macro, context)(
                config.get("incremental_strategy"),
                this.incorporate(path={"identifier": this.identifier + TEMPORARY}),
                this,
                node.compiled_code,
                config.get("unique_key"),
                adapter.parse_partition_by(config.get("partition_by")),
                config.get("partitions"),
                [BigQueryColumn(name, "STRING") for name in node.columns],
                True,  # the temporary table is there
                False,  # no copy of partitions
                None,
            )
        # the merge alone; what follows drops the temporary table
        found[node.unique_id] = str(statement).partition(";")[0]
    return found


def _models(manifest: Any) -> Iterator[tuple[Any, dict[str, Any], Any]]:
    from dbt.adapters.factory import FACTORY
    from dbt.context.providers import generate_runtime_model_context

    adapter: Any = FACTORY.adapters.get(ADAPTER)
    for node in manifest.nodes.values() if adapter is not None else ():
        if node.resource_type == "model" and not node.is_ephemeral_model:
            context = generate_runtime_model_context(node, adapter.config, manifest)
            yield node, context, adapter
