{# A value of a variable as SQL: a text in quotes, a number as it stands. #}
{% macro as_literal(value) -%}
    {{ return("'" ~ value ~ "'" if value is string else value) }}
{%- endmacro %}
