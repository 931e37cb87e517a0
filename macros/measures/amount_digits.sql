{# An amount as billing prints it, such as ` 7,900원`, without spaces, commas and 원. #}
{% macro amount_digits(text) -%}
    replace(replace(replace({{ text }}, ' ', ''), ',', ''), '원', '')
{%- endmacro %}
