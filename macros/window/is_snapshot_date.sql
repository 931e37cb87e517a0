{#
    Whether accounts are described as of the end of a date: on Mondays and on the last
    closed day. 1900-01-01 was a Monday.
#}
{% macro is_snapshot_date(day) -%}
    (
        mod({{ days_between("date '1900-01-01'", day) }}, 7) = 0
        or {{ day }} = {{ last_closed_day() }}
    )
{%- endmacro %}
