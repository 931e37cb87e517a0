{{ config(**table_design(partition='log_date', cluster=['series'])) }}

with

series_rows as (
    select * from {{ ref('int_data_quality__series_rows') }}
),

weeks as (
    select
        *,
        case when count(*) over last_week = 7 then sum(kept_rows) over last_week end
            as week_rows,
        countif(is_spoilt) over last_week as spoilt_days,
        min(log_date) over so_far as first_date,
        max(case when kept_rows > 0 then log_date end) over so_far as last_kept_date
    from series_rows
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
