{#
    Whether an instant lies in the KST days that this run computes, with so many days of
    `context` before them. Instants are compared rather than dates, so that DuckDB can
    leave out what it need not read.
#}
{% macro started_in_window(instant, window, context=0) -%}
    {%- set one_day = modules.datetime.timedelta(days=1) -%}
    {%- set days = window_days(window) if is_windowed()
        else [none, as_day(run_date(), 'run_date')] -%}
    {%- if days[0] -%}
        {{ instant }} >= {{ kst_midnight(days[0] - one_day * context) }} and {# -#}
    {%- endif -%}
    {{ instant }} < {{ kst_midnight(days[1] + one_day) }}
{%- endmacro %}
