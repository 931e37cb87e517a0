{{ config(materialized='view') }}

with

expected_days as (
    select * from {{ ref('int_data_quality__expected_days') }}
),

log_hours as (
    select * from {{ ref('int_data_quality__log_hours') }}
),

log_arrivals as (
    select * from {{ ref('int_data_quality__log_arrivals') }}
),

viewing_overlap_daily as (
    select * from {{ ref('viewing_overlap_daily') }}
    where status = 'double_counting'
),

counted as (
    select
        series,
        log_date,
        sum(kept_rows) as kept_rows,
        sum(duplicate_rows) as duplicate_rows,
        sum(quarantined_rows) as quarantined_rows
    from log_hours
    group by series, log_date
),

late as (
    select
        series,
        log_date,
        sum(arrived_rows) as late_rows
    from log_arrivals
    where hours_after >= {{ report_hours() }}
    group by series, log_date
),

double_counted as (
    select distinct
        view_date,
        device_type
    from viewing_overlap_daily
    union distinct
    select distinct
        view_date,
        'ALL' as device_type
    from viewing_overlap_daily
),

final as (
    select
        expected_days.series,
        expected_days.source,
        expected_days.event,
        expected_days.device_type,
        expected_days.log_date,
        expected_days.cadence,
        expected_days.since,
        expected_days.owner,
        expected_days.day_type,
        expected_days.kind_of_day,
        coalesce(counted.kept_rows, 0) as kept_rows,
        coalesce(counted.duplicate_rows, 0) as duplicate_rows,
        coalesce(counted.quarantined_rows, 0) as quarantined_rows,
        coalesce(late.late_rows, 0) as late_rows,
        expected_days.day_type = 'incident'
        or double_counted.view_date is not null as is_spoilt
    from expected_days
    left join counted
        on
            expected_days.series = counted.series
            and expected_days.log_date = counted.log_date
    left join late
        on
            expected_days.series = late.series
            and expected_days.log_date = late.log_date
    left join double_counted
        on
            expected_days.source = 'player.viewing_log'
            and expected_days.device_type = double_counted.device_type
            and expected_days.log_date = double_counted.view_date
)

select * from final
