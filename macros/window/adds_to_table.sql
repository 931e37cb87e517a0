{#
    Whether this run adds to a table that is there. `dbt compile` connects to nothing and a
    unit test has no table; there the variable `assume_incremental` chooses the branch.
#}
{% macro adds_to_table() -%}
    {%- if flags.WHICH == 'compile' or not this -%}
        {{ return(var('assume_incremental', false)) }}
    {%- endif -%}
    {{ return(is_incremental()) }}
{%- endmacro %}
