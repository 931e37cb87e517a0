{# Whether the whole of a text matches a pattern (RE2, given without quotes). #}
{% macro re_match(text, pattern) -%}
    {{ return(adapter.dispatch('re_match')(text, pattern)) }}
{%- endmacro %}

{% macro bigquery__re_match(text, pattern) -%}
    regexp_contains({{ text }}, r'^(?:{{ pattern }})$')
{%- endmacro %}

{% macro duckdb__re_match(text, pattern) -%}
    regexp_full_match({{ text }}, '{{ pattern }}')
{%- endmacro %}
