{#
    The account key of everything downstream: lower-case hexadecimal SHA-512 of pepper +
    account number. The pepper is in no SQL: on DuckDB the function of ott.duckdb_plugin
    adds it, on BigQuery a one-row table that only the build's service account can read.
#}
{% macro hash_account(uno) -%}
    {{ return(adapter.dispatch('hash_account')(uno)) }}
{%- endmacro %}

{% macro bigquery__hash_account(uno) -%}
    to_hex(sha512(concat((select pepper from {{ source('secret', 'pepper') }}), {{ uno }})))
{%- endmacro %}

{% macro duckdb__hash_account(uno) -%} hash_account({{ uno }}) {%- endmacro %}
