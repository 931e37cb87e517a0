{# The last closed KST day as a date expression: no mart shows a later one. #}
{% macro last_closed_day() -%}
    date '{{ run_date() }}'
{%- endmacro %}
