{{ config(materialized='view') }}

with

play_arrivals as (
    select * from {{ ref('int_data_quality__play_arrivals') }}
),

event_counts as (
    select * from {{ ref('int_data_quality__event_counts') }}
),

counted as (
    select
        'player.viewing_log' as source,
        {{ series_name("'player.viewing_log'", "'PLAY'", 'device_type') }} as series,
        log_date,
        hours_after,
        arrived_rows
    from play_arrivals
    union all
    select
        'player.viewing_log' as source,
        {{ series_name("'player.viewing_log'", "'PLAY'", "'ALL'") }} as series,
        log_date,
        hours_after,
        arrived_rows
    from play_arrivals
    union all
    select
        source,
        {{ series_name('source', 'event', "'ALL'") }} as series,
        log_date,
        hours_after,
        kept_rows + duplicate_rows as arrived_rows
    from event_counts
    where hours_after is not null
),

final as (
    select
        source,
        series,
        log_date,
        hours_after,
        cast(sum(arrived_rows) as int64) as arrived_rows
    from counted
    group by source, series, log_date, hours_after
)

select * from final
