{# Hours from the beginning of a KST day to the report about it, on the next morning. #}
{% macro report_hours() -%}
    {{ return(24 + var('report_hour')) }}
{%- endmacro %}
