with

viewing_logs as (
    select * from {{ source('player', 'viewing_log') }}
),

final as (
    select
        {{ clean_text('log_id') }} as log_id,
        {{ clean_text('uno') }} as uno,
        {{ clean_text('profile_id') }} as profile_id,
        {{ clean_text('device_id') }} as device_id,
        {{ clean_text('device_type') }} as device_type,
        {{ clean_text('app_version') }} as app_version,
        {{ clean_text('content_id') }} as content_id,
        {{ clean_text('charge_type') }} as charge_type,
        started_at,
        ended_at,
        play_seconds,
        ingested_at,
        ingest_date
    from viewing_logs
)

select * from final
