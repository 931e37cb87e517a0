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
        countif(kept_rows > 0) over so_far as silence_number,
        sum(case when device_type = 'ALL' then kept_rows else 0 end) over (
            partition by source, log_date
        ) as source_rows
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

silences as (
    select
        *,
        sum(case when kept_rows = 0 then source_rows else 0 end) over (
            partition by series, since, silence_number
            order by log_date
            rows between unbounded preceding and current row
        ) as silence_rows
    from weeks
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
        cast(silence_rows as int64) as silence_rows,
        kind_of_day,
        -- what stopped, an incident and counting twice teach nothing
        case
            when cadence = 'week' then coalesce(spoilt_days = 0 and week_rows > 0, false)
            else not is_spoilt and kept_rows > 0
        end as is_teaching
    from silences
)

select * from final
