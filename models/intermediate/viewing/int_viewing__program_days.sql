{%- set window = {'field': 'view_date', 'after': overlap_days()} -%}

{{ config(tags=['by_chunk'], **table_design(
    partition='view_date',
    cluster=['program_id', 'device_type'],
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
        program_id,
        content_type,
        device_type,
        count(*) as views,
        cast(countif(is_valid_view) as int64) as valid_views,
        cast(countif(is_completed_view) as int64) as completed_views,
        -- by the raw key: the hash is as distinct and eight times as long
        count(distinct case when is_valid_view then uno end) as viewers,
        cast(sum(watched_seconds) as int64) as watched_seconds,
        cast(sum(reported_seconds) as int64) as reported_seconds,
        cast(sum(overlap_seconds) as int64) as overlap_seconds,
        cast(sum(excess_seconds) as int64) as excess_seconds
    from plays
    group by view_date, program_id, content_type, device_type
)

select * from final
