{{ config(**table_design(partition='log_date', cluster=['series'])) }}

with

series_days as (
    select * from {{ ref('int_data_quality__series_days') }}
    where cadence = 'day'
),

teaching_days as (
    select * from {{ ref('int_data_quality__teaching_days') }}
),

log_hours as (
    select * from {{ ref('int_data_quality__log_hours') }}
),

-- the 24 hours of a day, as the number of days after a first one
hours as (
    select {{ days_between("date '2000-01-01'", 'hour_day') }} as hour_of_day
    from {{ day_spine("date '2000-01-01'", "date '2000-01-24'", 'hour_day') }}
),

taught_days as (
    select
        series,
        log_date,
        count(*) as day_count
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
        coalesce(taught_hours.taught_rows, 0) / taught_days.day_count as expected_rows
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
