{{ config(materialized='view') }}

with

log_arrivals as (
    select * from {{ ref('int_data_quality__log_arrivals') }}
    where
        ends_with(series, '/ALL')
        and log_date <= {{ date_plus(last_closed_day(), 1) }}
),

-- the hour of the newest row is the clock, no model asks what time it is; that hour itself
-- is not over yet
clocks as (
    select
        source,
        min(log_date) as first_date,
        max({{ days_between("date '1900-01-01'", 'log_date') }} * 24 + hours_after)
            as newest_hour
    from log_arrivals
    group by source
),

calendar as (
    select
        clocks.source,
        clocks.newest_hour,
        -- unqualified, since on BigQuery an unnested value has no table
        log_date -- noqa: RF02, RF03
    from clocks
    cross join {{ day_spine('clocks.first_date', last_closed_day(), 'log_date') }}
),

counted as (
    select
        source,
        log_date,
        sum(arrived_rows) as arrived_rows,
        sum(case when hours_after < {{ report_hours() }} then arrived_rows else 0 end)
            as report_rows
    from log_arrivals
    group by source, log_date
),

final as (
    select
        calendar.source,
        calendar.log_date,
        cast(coalesce(counted.arrived_rows, 0) as int64) as arrived_rows,
        cast(coalesce(counted.report_rows, 0) as int64) as report_rows,
        cast(
            calendar.newest_hour
            - {{ days_between("date '1900-01-01'", 'calendar.log_date') }} * 24 as int64
        ) as hours_passed
    from calendar
    left join counted
        on
            calendar.source = counted.source
            and calendar.log_date = counted.log_date
)

select * from final
