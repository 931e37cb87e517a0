{#
    First and last date, both included, that a run rewrites of a table. `window` names the
    table's column of dates as `field`. A daily run rewrites `lookback_days` before
    `run_date` up to it, a backfill the days asked for; `before` and `after` widen that by
    days, never past `run_date`. With `of: arrival`, of what has arrived, it reaches up to
    the day after that in either case: no row is newer at eight in the morning. With
    `grain: week` the window is of whole weeks; with `until: run_date` it reaches the last
    closed day also in a backfill, where what happened early decides what counts later.
#}
{% macro window_days(window) -%}
    {%- set closed = as_day(run_date(), 'run_date') -%}
    {%- set asked = backfill_days()
        or [closed - modules.datetime.timedelta(days=lookback_days()), closed] -%}
    {%- set first = asked[0] - modules.datetime.timedelta(days=window.before | default(0)) -%}
    {%- if window.of == 'arrival' -%}
        {{ return([first, closed + modules.datetime.timedelta(days=1)]) }}
    {%- endif -%}
    {%- set last = asked[1] + modules.datetime.timedelta(days=window.after | default(0)) -%}
    {%- set days = [first, closed if window.until == 'run_date' else [last, closed] | min] -%}
    {{ return(whole_weeks(days) if window.grain == 'week' else days) }}
{%- endmacro %}
