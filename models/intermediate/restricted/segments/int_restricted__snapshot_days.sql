{%- set window = segment_window() -%}

{{ config(materialized='view', meta={'window': window}) }}

with

as_of_dates as (
    select as_of_date
    from
        {{ day_spine(
            "date '" ~ var('history_start_date') ~ "'", last_closed_day(), 'as_of_date'
        ) }}
    where {{ is_snapshot_date('as_of_date') }}
),

final as (
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

select * from final
