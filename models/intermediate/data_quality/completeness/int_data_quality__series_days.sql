{{ config(**table_design(partition='log_date', cluster=['series'])) }}

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

joined as (
    select
        expected_days.*,
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
),

weeks as (
    select
        *,
        case when count(*) over last_week = 7 then sum(kept_rows) over last_week end
            as week_rows,
        countif(is_spoilt) over last_week as spoilt_days,
        min(log_date) over so_far as first_date,
        max(case when kept_rows > 0 then log_date end) over so_far as last_kept_date
    from joined
    window
        last_week as (
            partition by series, since
            order by log_date
            rows between 6 preceding and current row
        ),
        so_far as (
            partition by series, since
            order by log_date
            rows between unbounded preceding and current row
        )
),

final as (
    select
        series,
        source,
        event,
        device_type,
        log_date,
        cadence,
        since,
        owner,
        -- a week is touched by each incident in it
        case when cadence = 'week' and spoilt_days > 0 then 'incident' else day_type end
            as day_type,
        cast(kept_rows as int64) as kept_rows,
        cast(duplicate_rows as int64) as duplicate_rows,
        cast(quarantined_rows as int64) as quarantined_rows,
        cast(late_rows as int64) as late_rows,
        cast(case when cadence = 'week' then week_rows else kept_rows end as int64)
            as tested_rows,
        cast(
            coalesce(
                {{ days_between('last_kept_date', 'log_date') }},
                {{ days_between('first_date', 'log_date') }} + 1
            ) as int64
        ) as silent_days,
        kind_of_day,
        -- what stopped, an incident and counting twice teach nothing
        case
            when cadence = 'week' then coalesce(spoilt_days = 0 and week_rows > 0, false)
            else not is_spoilt and kept_rows > 0
        end as is_teaching
    from weeks
)

select * from final
