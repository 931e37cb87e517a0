{%- set window = {'field': 'log_date', 'after': overlap_days()} -%}

{{ config(**table_design(partition='log_date', cluster=['device_type'], window=window)) }}

with

plays as (
    select * from {{ ref('int_restricted__plays') }}
    where {{ in_window('view_date', window) }}
),

resent_viewing_logs as (
    select * from {{ ref('int_restricted__resent_viewing_logs') }}
    where {{ in_window('view_date', window) }}
),

counted as (
    select
        view_date as log_date,
        device_type,
        {{ kst_hour('started_at') }} as hour_of_day,
        count(*) as kept_rows,
        0 as duplicate_rows
    from plays
    group by view_date, device_type, {{ kst_hour('started_at') }}
    union all
    select
        view_date as log_date,
        coalesce(device_type, 'UNKNOWN') as device_type,
        {{ kst_hour('started_at') }} as hour_of_day,
        0 as kept_rows,
        count(*) as duplicate_rows
    from resent_viewing_logs
    where outcome = 'duplicate'
    group by view_date, coalesce(device_type, 'UNKNOWN'), {{ kst_hour('started_at') }}
),

final as (
    select
        log_date,
        device_type,
        cast(hour_of_day as int64) as hour_of_day,
        cast(sum(kept_rows) as int64) as kept_rows,
        cast(sum(duplicate_rows) as int64) as duplicate_rows
    from counted
    group by log_date, device_type, hour_of_day
)

select * from final
