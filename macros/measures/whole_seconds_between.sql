{# Whole seconds from one instant to a later one: floor(microseconds / 10^6). #}
{% macro whole_seconds_between(first_instant, second_instant) -%}
    cast(floor({{ micros_between(first_instant, second_instant) }} / 1000000) as int64)
{%- endmacro %}
