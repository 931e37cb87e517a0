{#
    Whether a date is one that this run computes: of the window where there is one, else
    any closed day, or any day at all of what has arrived (see `window_days`). `context`
    days before the window are read with it.
#}
{% macro in_window(column, window, context=0) -%}
    {%- if not is_windowed() -%}
        {{ return('true' if window.of == 'arrival' else column ~ ' <= ' ~ last_closed_day()) }}
    {%- endif -%}
    {%- set parsed = config.get('partitions') -%}
    {%- if parsed and flags.WHICH in ['run', 'build'] and parsed != window_partitions(window) -%}
        {{ exceptions.raise_compiler_error(
            "dbt parsed this project for another day. Set OTT_RUN_DATE to the day of the "
            ~ "run, or run with --no-partial-parse."
        ) }}
    {%- endif -%}
    {%- set days = window_days(window) -%}
    {%- set first = days[0] - modules.datetime.timedelta(days=context) -%}
    {{ column }} between date '{{ first }}' and date '{{ days[1] }}'
{%- endmacro %}
