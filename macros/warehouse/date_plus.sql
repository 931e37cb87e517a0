{# A date moved by a number of days, a literal or an int64 column. #}
{% macro date_plus(start_date, days) -%}
    {{ return(adapter.dispatch('date_plus')(start_date, days)) }}
{%- endmacro %}

{% macro bigquery__date_plus(start_date, days) -%}
    date_add({{ start_date }}, interval {{ days }} day)
{%- endmacro %}

{% macro duckdb__date_plus(start_date, days) -%}
    {{ start_date }} + cast({{ days }} as integer)
{%- endmacro %}
