{#
    Physical design of a table on BigQuery, for `config(**table_design(…))`: the column
    of dates it is partitioned by, the columns its queries filter on, and whether a query
    must name dates. Labels, readers and expirations follow from the layer and the target
    (variables `readers`, `partition_expiration_days`, `table_expiration_hours`). DuckDB
    has none of these: there it is a table.
#}
{% macro table_design(partition=none, cluster=[], require_filter=false) -%}
    {{ return(adapter.dispatch('table_design')(partition, cluster, require_filter)) }}
{%- endmacro %}

{% macro duckdb__table_design(partition, cluster, require_filter) -%}
    {{ return({'materialized': 'table'}) }}
{%- endmacro %}

{% macro bigquery__table_design(partition, cluster, require_filter) -%}
    {%- set layer = layer_of(model.fqn) -%}
    {%- set design = {
        'materialized': 'table',
        'labels': {'layer': layer, 'domain': model.fqn[2]},
        'hours_to_expiration': var('table_expiration_hours').get(target.name),
    } -%}
    {%- if cluster -%}{%- do design.update(cluster_by=cluster) -%}{%- endif -%}
    {%- if partition -%}
        {%- do design.update(
            partition_by={'field': partition, 'data_type': 'date', 'granularity': 'day'},
            require_partition_filter=require_filter,
            partition_expiration_days=var('partition_expiration_days').get(layer),
        ) -%}
    {%- endif -%}
    {%- if var('readers').get(layer) -%}
        {%- do design.update(
            grants={'roles/bigquery.dataViewer': var('readers')[layer]}
        ) -%}
    {%- endif -%}
    {{ return(design) }}
{%- endmacro %}
