{# The hour of the day in Korea at an instant, 0 to 23. #}
{% macro kst_hour(instant) -%}
    mod(extract(hour from {{ instant }}) + 9, 24)
{%- endmacro %}
