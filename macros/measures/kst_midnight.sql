{# The instant at which a KST date begins; the date is given as text YYYY-MM-DD. #}
{% macro kst_midnight(kst_day) -%}
    timestamp '{{ kst_day }} 00:00:00' - interval 9 hour
{%- endmacro %}
