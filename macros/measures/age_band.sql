{# The band of an age in full years; UNKNOWN where there is none, or it is negative. #}
{% macro age_band(age) -%}
    case
        when {{ age }} is null or {{ age }} < 0 then 'UNKNOWN'
        when {{ age }} < 20 then '0-19'
        when {{ age }} < 30 then '20-29'
        when {{ age }} < 40 then '30-39'
        when {{ age }} < 50 then '40-49'
        when {{ age }} < 60 then '50-59'
        else '60+'
    end
{%- endmacro %}
