{# The first day of a date's month. #}
{% macro month_start(day) -%}
    {{ return(adapter.dispatch('month_start')(day)) }}
{%- endmacro %}

{% macro bigquery__month_start(day) -%}
    date_sub({{ day }}, interval extract(day from {{ day }}) - 1 day)
{%- endmacro %}

{% macro duckdb__month_start(day) -%} cast(date_trunc('month', {{ day }}) as date) {%- endmacro %}
