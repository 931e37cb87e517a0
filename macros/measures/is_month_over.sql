{#
    Whether a month is over: its last day is closed, and so is the grace of what ended on
    it. Until then more may churn in it, so its rates would be too low.
#}
{% macro is_month_over(month_start_date) -%}
    {{ month_start(date_plus(month_start_date, 31)) }}
    <= {{ date_plus(last_closed_day(), 1 - var('grace_days')) }}
{%- endmacro %}
