{# A layer's schema has the same name on every target: restricted, reference, … #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ return((custom_schema_name or target.schema) | trim) }}
{%- endmacro %}
