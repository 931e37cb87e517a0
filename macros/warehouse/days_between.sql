{# Days from one date to another; negative where the second is the earlier. #}
{% macro days_between(first_date, second_date) -%}
    {{ return(adapter.dispatch('days_between')(first_date, second_date)) }}
{%- endmacro %}

{% macro bigquery__days_between(first_date, second_date) -%}
    date_diff({{ second_date }}, {{ first_date }}, day)
{%- endmacro %}

{% macro duckdb__days_between(first_date, second_date) -%}
    date_diff('day', {{ first_date }}, {{ second_date }})
{%- endmacro %}
