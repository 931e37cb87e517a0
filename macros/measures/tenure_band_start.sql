{# The first number of days of the band that `tenure_band` names: bands in order. #}
{% macro tenure_band_start(tenure_days) -%}
    case
    {%- for edge in var('churn_tenure_edges') %}
        when {{ tenure_days }} < {{ edge }} then {{ 0 if loop.first else loop.previtem }}
    {%- endfor %}
        else {{ var('churn_tenure_edges') | last }}
    end
{%- endmacro %}
