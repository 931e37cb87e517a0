{#
    First and last day of a window widened to whole weeks: back to a Monday, and on to a
    Sunday or the last closed day, whichever is earlier. So one condition holds for the
    Mondays of a table by week and for the days that such a table is made of.
#}
{% macro whole_weeks(days) -%}
    {%- set one_day = modules.datetime.timedelta(days=1) -%}
    {%- set first = days[0] - one_day * days[0].weekday() -%}
    {%- set sunday = days[1] + one_day * (6 - days[1].weekday()) -%}
    {{ return([first, [sunday, as_day(run_date(), 'run_date')] | min]) }}
{%- endmacro %}
