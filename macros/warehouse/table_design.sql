{#
    Physical design of a table: on BigQuery the dates it is partitioned by, the columns that
    queries filter on, whether they must name dates, and what follows from layer and target.
    Each run rewrites the dates of a `window` (see `window_days`), or adds rows: `append`.
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
    {%- set design = layer_design('table') -%}
    {%- if cluster -%}{%- do design.update(cluster_by=cluster) -%}{%- endif -%}
    {%- if partition -%}
        {%- do design.update(
            partition_by={'field': partition, 'data_type': 'date', 'granularity': 'day'},
            require_partition_filter=require_filter,
            partition_expiration_days=var('partition_expiration_days').get(layer_of(model.fqn)),
        ) -%}
    {%- endif -%}
    {%- if append -%}{%- do design.update(growing_design('merge')) -%}{%- endif -%}
    {%- if window -%}
        {%- do design.update(growing_design('insert_overwrite', window)) -%}
        {%- do design.update(partitions=window_partitions(window)) -%}
    {%- endif -%}
    {{ return(design) }}
{%- endmacro %}
