{#
    Two common table expressions for a model of account snapshots. `snapshot_days` has one
    row for each as-of date that this run computes and each of the `segment_window_days` up
    to it. No view: it would keep the run date of the day on which it was made.
#}
{% macro snapshot_days(window) -%}
as_of_dates as (
    select as_of_date
    from
        {{ day_spine(
            "date '" ~ var('history_start_date') ~ "'", last_closed_day(), 'as_of_date'
        ) }}
    where
        {{ is_snapshot_date('as_of_date') }}
        and {{ in_window('as_of_date', window) }}
),

snapshot_days as (
    -- unqualified, since on BigQuery an unnested value has no table
    select
        as_of_dates.as_of_date,
        view_date -- noqa: RF02, RF03
    from as_of_dates
    cross join
        {{ day_spine(
            date_plus('as_of_dates.as_of_date', 1 - var('segment_window_days')),
            'as_of_dates.as_of_date',
            'view_date'
        ) }}
)
{%- endmacro %}
