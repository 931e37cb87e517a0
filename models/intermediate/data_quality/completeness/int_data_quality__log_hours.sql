{{ config(materialized='view') }}

with

play_counts as (
    select * from {{ ref('int_data_quality__play_counts') }}
),

event_counts as (
    select * from {{ ref('int_data_quality__event_counts') }}
),

refused_counts as (
    select * from {{ ref('int_data_quality__refused_counts') }}
),

plays as (
    select
        device_type,
        log_date,
        hour_of_day,
        kept_rows,
        duplicate_rows,
        0 as quarantined_rows
    from play_counts
    union all
    select
        device_type,
        log_date,
        hour_of_day,
        0 as kept_rows,
        0 as duplicate_rows,
        quarantined_rows
    from refused_counts
),

counted as (
    select
        'player.viewing_log' as source,
        {{ series_name("'player.viewing_log'", "'PLAY'", 'device_type') }} as series,
        log_date,
        hour_of_day,
        kept_rows,
        duplicate_rows,
        quarantined_rows
    from plays
    union all
    select
        'player.viewing_log' as source,
        {{ series_name("'player.viewing_log'", "'PLAY'", "'ALL'") }} as series,
        log_date,
        hour_of_day,
        kept_rows,
        duplicate_rows,
        quarantined_rows
    from plays
    union all
    select
        source,
        {{ series_name('source', 'event', "'ALL'") }} as series,
        log_date,
        hour_of_day,
        kept_rows,
        duplicate_rows,
        quarantined_rows
    from event_counts
),

final as (
    select
        source,
        series,
        log_date,
        hour_of_day,
        cast(sum(kept_rows) as int64) as kept_rows,
        cast(sum(duplicate_rows) as int64) as duplicate_rows,
        cast(sum(quarantined_rows) as int64) as quarantined_rows
    from counted
    group by source, series, log_date, hour_of_day
)

select * from final
