{#
    The dates of a window, of weeks the Mondays, as a list of date literals, for BigQuery's
    `insert_overwrite`, which empties a date to which nothing came, too. dbt reads the list
    when it parses the project, so it may follow the environment, never the clock:
    `in_window` checks that.
#}
{% macro window_partitions(window) -%}
    {%- set days = window_days(window) -%}
    {%- set step = 7 if window.grain == 'week' else 1 -%}
    {%- set dates = [] -%}
    {%- for number in range(0, (days[1] - days[0]).days + 1, step) -%}
        {%- set day = days[0] + modules.datetime.timedelta(days=number) -%}
        {%- do dates.append("date '" ~ day ~ "'") -%}
    {%- endfor -%}
    {{ return(dates) }}
{%- endmacro %}
