{#
    The band of a number of days, such as `30-89`, by the edges of the variable
    `churn_tenure_edges`; the last one is open, such as `365+`.
#}
{% macro tenure_band(tenure_days) -%}
    case
    {%- for edge in var('churn_tenure_edges') %}
        when {{ tenure_days }} < {{ edge }}
            then '{{ 0 if loop.first else loop.previtem }}-{{ edge - 1 }}'
    {%- endfor %}
        else '{{ var('churn_tenure_edges') | last }}+'
    end
{%- endmacro %}
