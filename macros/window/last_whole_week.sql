{# The Monday of the last week that is over, as a date expression. #}
{% macro last_whole_week() -%}
    {%- set one_day = modules.datetime.timedelta(days=1) -%}
    {%- set next_day = as_day(run_date(), 'run_date') + one_day -%}
    date '{{ next_day - one_day * (next_day.weekday() + 7) }}'
{%- endmacro %}
