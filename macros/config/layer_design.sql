{#
    What a relation of BigQuery owes to its layer and the target: labels of its cost, an
    expiration, readers.
#}
{% macro layer_design(materialized) -%}
    {%- set layer = layer_of(model.fqn) -%}
    {%- set design = {
        'materialized': materialized,
        'labels': {'layer': layer, 'domain': model.fqn[2]},
        'hours_to_expiration': var('table_expiration_hours').get(target.name),
    } -%}
    {%- set readers = var('readers').get(layer) -%}
    {%- if readers -%}{%- do design.update(grants={'roles/bigquery.dataViewer': readers}) -%}{%- endif -%}
    {{ return(design) }}
{%- endmacro %}
