{# A raw text without its outer spaces (U+0020 only); an empty one is null. #}
{% macro clean_text(text) -%}
    nullif(trim({{ text }}, ' '), '')
{%- endmacro %}
