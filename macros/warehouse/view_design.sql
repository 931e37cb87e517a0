{#
    Design of a view that people read, for `config(**view_design(…))`: on BigQuery what
    follows from its layer and the target. `window` is that of the table behind it.
#}
{% macro view_design(window=none) -%}
    {{ return(adapter.dispatch('view_design')(window)) }}
{%- endmacro %}

{% macro duckdb__view_design(window) -%}
    {{ return({'materialized': 'view', 'meta': {'window': window} if window else {}}) }}
{%- endmacro %}

{% macro bigquery__view_design(window) -%}
    {%- set design = layer_design('view') -%}
    {%- do design.update(meta={'window': window} if window else {}) -%}
    {{ return(design) }}
{%- endmacro %}
