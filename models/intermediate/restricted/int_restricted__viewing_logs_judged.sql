{%- set window = arrival_window() -%}

{{ config(materialized='view', meta={'window': window}) }}

with

viewing_logs as (
    select * from {{ ref('stg_player__viewing_logs') }}
),

contents as (
    select * from {{ ref('int_content__contents') }}
),

final as (
    select
        viewing_logs.log_id,
        viewing_logs.uno,
        viewing_logs.profile_id,
        viewing_logs.device_id,
        viewing_logs.device_type,
        viewing_logs.app_version,
        viewing_logs.content_id,
        viewing_logs.charge_type,
        viewing_logs.started_at,
        viewing_logs.ended_at,
        viewing_logs.play_seconds,
        viewing_logs.ingested_at,
        viewing_logs.ingest_date,
        case
            when
                viewing_logs.log_id is null
                or viewing_logs.uno is null
                or viewing_logs.profile_id is null
                or viewing_logs.device_id is null
                or viewing_logs.content_id is null
                or viewing_logs.started_at is null
                or viewing_logs.ended_at is null
                or viewing_logs.ingested_at is null
                then 'missing_key'
            when viewing_logs.ended_at < viewing_logs.started_at
                then 'end_before_start'
            when
                {{ micros_between('viewing_logs.started_at', 'viewing_logs.ended_at') }}
                > {{ var('max_play_hours') }} * 3600000000
                then 'too_long'
            when {{ is_in_the_future('viewing_logs.started_at', 'viewing_logs.ingested_at') }}
                then 'in_the_future'
            when {{ is_before_history('viewing_logs.started_at') }}
                then 'before_history'
            when
                viewing_logs.play_seconds is null
                or viewing_logs.play_seconds < 0
                or viewing_logs.play_seconds > {{ var('max_play_hours') }} * 3600
                then 'bad_play_seconds'
            when
                viewing_logs.charge_type is null
                or viewing_logs.charge_type not in ('FREE', 'SVOD', 'TVOD')
                then 'unknown_charge_type'
            when contents.content_id is null then 'unknown_content'
        end as quarantine_reason
    from viewing_logs
    left join contents on viewing_logs.content_id = contents.content_id
)

select * from final
