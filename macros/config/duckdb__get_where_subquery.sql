{# What a generic test reads on DuckDB; dbt looks this macro up in place of its own. #}
{% macro duckdb__get_where_subquery(relation) -%}
    {{ return(rows_to_test(relation, [])) }}
{%- endmacro %}
