with

push_events as (
    select * from {{ source('crm', 'push_event') }}
),

final as (
    select
        {{ clean_text('event_id') }} as event_id,
        {{ clean_text('campaign_id') }} as campaign_id,
        {{ clean_text('uno') }} as uno,
        {{ clean_text('event_type') }} as event_type,
        occurred_at,
        {{ clean_text('payload') }} as payload,
        ingested_at,
        ingest_date
    from push_events
)

select * from final
