{#
    What a generic test reads on BigQuery. A table that requires a partition filter, and a
    view of one, refuses a query without one, so the test names all dates; dbt looks this
    macro up in place of its own.
#}
{% macro bigquery__get_where_subquery(relation) -%}
    {%- set window = window_of_tested_model() -%}
    {{ return(rows_to_test(
        relation, [window.field ~ " >= date '0001-01-01'"] if window else []
    )) }}
{%- endmacro %}
