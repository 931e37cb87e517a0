{# The name of a series of counts: its source, its event and its device type. #}
{% macro series_name(source, event, device_type) -%}
    concat({{ source }}, '/', {{ event }}, '/', {{ device_type }})
{%- endmacro %}
