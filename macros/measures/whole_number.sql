{# A number rounded to a whole one, as text. #}
{% macro whole_number(number) -%}
    cast(cast(round({{ number }}) as int64) as string)
{%- endmacro %}
