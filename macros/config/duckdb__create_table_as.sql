{#
    What an incremental run computes on DuckDB before it is put in place. For a window that
    is a view, so that no row is written twice: a copy of all rows in memory would cost more
    than all else. dbt looks this macro up in place of its own, which does all other tables.
#}
{% macro duckdb__create_table_as(
    temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none
) -%}
    {%- if temporary and config.get('incremental_strategy') == 'window_overwrite' -%}
        create or replace temporary view {{ relation.include(database=false, schema=false) }}
        as ({{ compiled_code }})
    {%- else -%}
        {{ return(dbt.duckdb__create_table_as(
            temporary, relation, compiled_code, language, partitioned_by, sorted_by
        )) }}
    {%- endif -%}
{%- endmacro %}
