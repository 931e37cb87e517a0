{#
    Hours from the beginning of the KST day of an instant to the arrival of its row, whole
    ones, `arrival_horizon_hours` at most.
#}
{% macro hours_after(instant, arrived_at) -%}
    cast(
        least(
            {{ days_between(kst_date(instant), kst_date(arrived_at)) }} * 24
            + {{ kst_hour(arrived_at) }},
            {{ var('arrival_horizon_hours') }}
        ) as int64
    )
{%- endmacro %}
