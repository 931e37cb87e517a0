{#
    A layer's schema has the same name on every target: restricted, reference, warehouse,
    marts. Only on BigQuery targets that people share, every name but production's gets
    the prefix of the profile's dataset, so that nobody can write to production by
    accident.
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- set layer = (custom_schema_name or target.schema) | trim -%}
    {%- if target.name in ['dev', 'ci', 'prod', 'bq_render'] -%}
        {{ return(layer) }}
    {%- endif -%}
    {{ return((target.schema ~ '_' ~ layer) if custom_schema_name else layer) }}
{%- endmacro %}
