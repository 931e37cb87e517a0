{#
    What makes a table incremental. One with a window rewrites those dates; one without
    adds rows, on BigQuery by a merge without a key.
#}
{% macro growing_design(strategy, window=none) -%}
    {{ return({
        'materialized': 'incremental',
        'incremental_strategy': strategy,
        'on_schema_change': 'fail',
        'meta': {'window': window} if window else {},
    }) }}
{%- endmacro %}
