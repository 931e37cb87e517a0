{%- set window = {'field': 'view_date', 'after': overlap_days()} -%}

{{ config(tags=['by_chunk'], **table_design(
    partition='view_date',
    cluster=['device_type', 'app_version'],
    window=window
)) }}

with

plays as (
    select * from {{ ref('int_restricted__plays') }}
    where {{ in_window('view_date', window) }}
),

final as (
    select
        view_date,
        device_type,
        coalesce(app_version, 'UNKNOWN') as app_version,
        count(*) as views,
        cast(sum(reported_seconds) as int64) as reported_seconds,
        cast(sum(watched_seconds) as int64) as watched_seconds,
        cast(sum(overlap_seconds) as int64) as overlap_seconds,
        cast(sum(excess_seconds) as int64) as excess_seconds
    from plays
    group by view_date, device_type, coalesce(app_version, 'UNKNOWN')
)

select * from final
