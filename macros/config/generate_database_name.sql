{#
    The project that a node lies in: the variable `projects` maps layers to projects, and
    a layer that it lacks lies in the profile's own.
#}
{% macro generate_database_name(custom_database_name=none, node=none) -%}
    {%- set project = var('projects').get(layer_of(node.fqn)) if node else none -%}
    {{ return(custom_database_name or project or target.database) }}
{%- endmacro %}
