{# The window of the model that a generic test is attached to; none where it has none. #}
{% macro window_of_tested_model() -%}
    {%- set tested = graph.nodes.get(model.attached_node) if execute else none -%}
    {{ return(tested.config.meta.get('window') if tested else none) }}
{%- endmacro %}
