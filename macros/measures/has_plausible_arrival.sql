{#
    Whether a row arrived after it happened, within 31 days: of others one of the two
    clocks is wrong, or they were sent as a whole history, and they tell nothing about how
    rows come.
#}
{% macro has_plausible_arrival(instant, arrived_at) -%}
    {{ micros_between(instant, arrived_at) }}
    between {{ var('future_tolerance_minutes') }} * -60000000 and 31 * 86400000000
{%- endmacro %}
