{%- set reach = var('completeness_reach_days') -%}
{%- set window = {'field': 'log_date', 'after': completeness_after()} -%}

{{ config(**table_design(partition='log_date', cluster=['series'], window=window)) }}

with

series_days as (
    select * from {{ ref('int_data_quality__series_days') }}
    where cadence = 'day' and {{ in_window('log_date', window) }}
),

teaching_days as (
    select * from {{ ref('int_data_quality__teaching_days') }}
    where {{ in_window('log_date', window) }}
),

log_hours as (
    select * from {{ ref('int_data_quality__log_hours') }}
    where {{ in_window('log_date', window, context=reach) }}
),

hours as (
    select distinct hour_of_day
    from log_hours
),

taught_days as (
    select
        series,
        log_date,
        count(*) as days
    from teaching_days
    group by series, log_date
),

taught_hours as (
    select
        teaching_days.series,
        teaching_days.log_date,
        log_hours.hour_of_day,
        sum(log_hours.kept_rows) as taught_rows
    from teaching_days
    inner join log_hours
        on
            teaching_days.series = log_hours.series
            and teaching_days.teaching_date = log_hours.log_date
    group by teaching_days.series, teaching_days.log_date, log_hours.hour_of_day
),

final as (
    select
        series_days.series,
        series_days.log_date,
        hours.hour_of_day,
        coalesce(log_hours.kept_rows, 0) as kept_rows,
        coalesce(taught_hours.taught_rows, 0) / taught_days.days as expected_rows
    from series_days
    inner join taught_days
        on
            series_days.series = taught_days.series
            and series_days.log_date = taught_days.log_date
    cross join hours
    left join taught_hours
        on
            series_days.series = taught_hours.series
            and series_days.log_date = taught_hours.log_date
            and hours.hour_of_day = taught_hours.hour_of_day
    left join log_hours
        on
            series_days.series = log_hours.series
            and series_days.log_date = log_hours.log_date
            and hours.hour_of_day = log_hours.hour_of_day
)

select * from final
