{#
    The columns of a table with a contract on DuckDB: types and not null. Primary and
    foreign keys are declared for BigQuery, which does not enforce them either; DuckDB
    would, with an index for each, and would refuse to rebuild a table that another names.
    Tests check the keys on both. dbt looks this macro up in place of its own.
#}
{% macro duckdb__get_table_columns_and_constraints() -%}
    ({{ adapter.render_raw_columns_constraints(raw_columns=model['columns']) | join(', ') }})
{%- endmacro %}
