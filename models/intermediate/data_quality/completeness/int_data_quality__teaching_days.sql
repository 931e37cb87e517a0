{%- set reach = var('completeness_reach_days') -%}

{{ config(**table_design(partition='log_date', cluster=['series'])) }}

with

series_days as (
    select * from {{ ref('int_data_quality__series_days') }}
),

shown as (
    select * from series_days
    where log_date > {{ days_before_closed(var('completeness_shown_days')) }}
),

teachers as (
    select * from series_days
    where is_teaching
),

ranked as (
    select
        shown.series,
        shown.log_date,
        teachers.log_date as teaching_date,
        teachers.tested_rows,
        row_number() over (
            partition by shown.series, shown.log_date
            order by teachers.log_date desc
        ) as recency
    from shown
    inner join teachers
        on
            shown.series = teachers.series
            and shown.since = teachers.since
            and shown.kind_of_day = teachers.kind_of_day
    where
        {{ days_between('teachers.log_date', 'shown.log_date') }} between 1 and {{ reach }}
),

final as (
    select
        series,
        log_date,
        teaching_date,
        tested_rows
    from ranked
    where recency <= {{ var('completeness_days') }}
)

select * from final
