{#
    In a from clause: one row per date from the first to the last, both included, in a
    column of the given name; no rows where the first is after the last.
#}
{% macro day_spine(first_date, last_date, column) -%}
    {{ return(adapter.dispatch('day_spine')(first_date, last_date, column)) }}
{%- endmacro %}

{% macro bigquery__day_spine(first_date, last_date, column) -%}
    unnest(generate_date_array({{ first_date }}, {{ last_date }})) as {{ column }}
{%- endmacro %}

{% macro duckdb__day_spine(first_date, last_date, column) -%}
    unnest(
        cast(generate_series({{ first_date }}, {{ last_date }}, interval 1 day) as date[])
    ) as _{{ column }} ({{ column }}) -- noqa: RF06
{%- endmacro %}
