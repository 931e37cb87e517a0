{%- set window = {'field': 'view_date', 'after': overlap_days()} -%}

{{ config(materialized='view', tags=['by_chunk'], meta={'window': window}) }}

with

watched_plays as (
    select * from {{ ref('int_restricted__watched_plays') }}
),

contents as (
    select * from {{ ref('int_content__contents') }}
),

final as (
    select
        watched_plays.log_id,
        watched_plays.uno,
        watched_plays.content_id,
        contents.program_id,
        contents.content_type,
        coalesce(watched_plays.device_type, 'UNKNOWN') as device_type,
        watched_plays.app_version,
        watched_plays.charge_type,
        watched_plays.started_at,
        watched_plays.ended_at,
        watched_plays.view_date,
        watched_plays.reported_seconds,
        watched_plays.interval_seconds,
        watched_plays.watched_seconds,
        watched_plays.overlap_seconds,
        watched_plays.excess_seconds,
        {{ is_valid_view('watched_plays.watched_seconds') }} as is_valid_view,
        {{ is_completed_view('watched_plays.watched_seconds', 'contents.runtime_seconds') }}
            as is_completed_view
    from watched_plays
    inner join contents on watched_plays.content_id = contents.content_id
)

select * from final
