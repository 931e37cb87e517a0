{# Lower-case hexadecimal SHA-512 of a text's UTF-8 bytes; null stays null. #}
{% macro sha512_hex(text) -%}
    {{ return(adapter.dispatch('sha512_hex')(text)) }}
{%- endmacro %}

{% macro bigquery__sha512_hex(text) -%} to_hex(sha512({{ text }})) {%- endmacro %}

{% macro duckdb__sha512_hex(text) -%} sha512_hex({{ text }}) {%- endmacro %}
