{# The weekday of a date from 1, Monday, to 7. 1900-01-01 was a Monday. #}
{% macro weekday_number(day) -%}
    mod({{ days_between("date '1900-01-01'", day) }}, 7) + 1
{%- endmacro %}
