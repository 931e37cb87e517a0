{#
    What a generic test reads on BigQuery. A table that requires a partition filter
    refuses a query without one, so the test names all dates; dbt looks this macro up in
    place of its own.
#}
{% macro bigquery__get_where_subquery(relation) -%}
    {%- set tested = graph.nodes.get(model.attached_node) if execute else none -%}
    {%- set conditions = [] -%}
    {%- if config.get('where') -%}{%- do conditions.append(config.get('where')) -%}{%- endif -%}
    {%- if tested and tested.config.require_partition_filter -%}
        {%- do conditions.append(tested.config.partition_by.field ~ " >= date '0001-01-01'") -%}
    {%- endif -%}
    {%- if not conditions -%}{{ return(relation) }}{%- endif -%}
    {{ return('(select * from ' ~ relation ~ ' where ' ~ conditions | join(' and ') ~ ')') }}
{%- endmacro %}
