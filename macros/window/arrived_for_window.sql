{#
    Whether a raw row may be of a KST day that this run computes, by its arrival date. No
    row arrives before it happens, but for clocks that run fast by minutes; the UTC date is
    the KST one or the day before it. However late it arrives it is read, and `context`
    days before the window with it.
#}
{% macro arrived_for_window(column, window, context=0) -%}
    {%- if var('future_tolerance_minutes') > 900 -%}
        {{ exceptions.raise_compiler_error(
            "future_tolerance_minutes is " ~ var('future_tolerance_minutes')
            ~ ". Above 900, a row may arrive more than a day before its KST day, and "
            ~ "daily runs would miss it. Give a number from 0 to 900."
        ) }}
    {%- endif -%}
    {%- if is_windowed() -%}
        {%- set first = window_days(window)[0] -%}
        {{ column }} >= date '{{ first - modules.datetime.timedelta(days=1 + context) }}'
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
