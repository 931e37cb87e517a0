{#
    Physical design of a table, for `config(**table_design(…))`. On BigQuery: the column of
    dates it is partitioned by, the columns its queries filter on, and whether a query must
    name dates; labels, readers and expirations follow from the layer and the target. With
    a `window` (see `window_days`) each run rewrites those dates; with `append` it adds rows.
#}
{% macro table_design(partition=none, cluster=[], require_filter=false, window=none, append=false) -%}
    {{ return(adapter.dispatch('table_design')(
        partition, cluster, require_filter, window, append
    )) }}
{%- endmacro %}

{% macro duckdb__table_design(partition, cluster, require_filter, window, append) -%}
    {%- if append -%}{{ return(growing_design('append')) }}{%- endif -%}
    {{ return(growing_design('window_overwrite', window) if window else {'materialized': 'table'}) }}
{%- endmacro %}

{% macro bigquery__table_design(partition, cluster, require_filter, window, append) -%}
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
    {%- if append -%}{%- do design.update(growing_design('merge')) -%}{%- endif -%}
    {%- if window -%}
        {%- do design.update(growing_design('insert_overwrite', window)) -%}
        {%- do design.update(partitions=window_partitions(window)) -%}
    {%- endif -%}
    {%- if var('readers').get(layer) -%}
        {%- do design.update(grants={'roles/bigquery.dataViewer': var('readers')[layer]}) -%}
    {%- endif -%}
    {{ return(design) }}
{%- endmacro %}
