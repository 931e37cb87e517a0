{#
    A setting of the source that a column names, from `completeness_sources`; of a source
    that the variable lacks, that of `default`.
#}
{% macro of_source(column, setting) -%}
    {%- set sources = var('completeness_sources') -%}
    case {{ column }}
    {%- for name, settings in sources.items() if name != 'default' %}
        when '{{ name }}' then {{ as_literal(settings[setting]) }}
    {%- endfor %}
        else {{ as_literal(sources['default'][setting]) }}
    end
{%- endmacro %}
