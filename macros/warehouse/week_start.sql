{# The Monday of the ISO week that a date lies in; null stays null. #}
{% macro week_start(day) -%}
    {{ return(adapter.dispatch('week_start')(day)) }}
{%- endmacro %}

{% macro bigquery__week_start(day) -%}
    date_sub({{ day }}, interval mod(extract(dayofweek from {{ day }}) + 5, 7) day)
{%- endmacro %}

{% macro duckdb__week_start(day) -%} cast(date_trunc('week', {{ day }}) as date) {%- endmacro %}
