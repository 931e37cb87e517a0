{# Microseconds from one instant to another; negative where the second is the earlier. #}
{% macro micros_between(first_instant, second_instant) -%}
    {{ return(adapter.dispatch('micros_between')(first_instant, second_instant)) }}
{%- endmacro %}

{% macro bigquery__micros_between(first_instant, second_instant) -%}
    timestamp_diff({{ second_instant }}, {{ first_instant }}, microsecond)
{%- endmacro %}

{% macro duckdb__micros_between(first_instant, second_instant) -%}
    date_diff('microsecond', {{ first_instant }}, {{ second_instant }})
{%- endmacro %}
