"""The statements with which dbt-bigquery would create the tables and views.

They are rendered by dbt-bigquery's own macros, without a connection. Only the query
that compares a contract with the service is left out: the proof compares it itself.
"""

from __future__ import annotations

from typing import Any

ADAPTER = "bigquery"
MACROS = {"table": "create_table_as", "incremental": "create_table_as"}
VIEW_MACRO = "create_view_as"


def create_statements(manifest: Any) -> dict[str, str]:
    """Return each model's create statement by the model's id; none for DuckDB.

    Args:
        manifest: dbt's manifest after a compile, before the adapter is forgotten.
    """
    from dbt.adapters.factory import FACTORY
    from dbt.clients.jinja import MacroGenerator
    from dbt.context.providers import generate_runtime_model_context

    adapter: Any = FACTORY.adapters.get(ADAPTER)
    if adapter is None:
        return {}
    found = {}
    for node in manifest.nodes.values():
        if node.resource_type != "model" or node.is_ephemeral_model:
            continue
        context = generate_runtime_model_context(node, adapter.config, manifest)
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
