{{ config(**table_design()) }}

with

push_campaigns_judged as (
    select * from {{ ref('int_restricted__push_campaigns_judged') }}
),

push_events_judged as (
    select * from {{ ref('int_restricted__push_events_judged') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

final as (
    select
        'push_campaign' as table_name,
        quarantine_reason,
        cast(null as string) as event_id,
        campaign_id,
        cast(null as string) as hash_uno,
        cast(null as string) as event_type,
        cast(null as timestamp) as occurred_at,
        cast(null as string) as payload,
        cast(null as timestamp) as ingested_at,
        cast(null as date) as ingest_date,
        campaign_name,
        program_id,
        segment_name,
        scheduled_at,
        holdout_percent,
        updated_at
    from push_campaigns_judged
    where outcome = 'quarantined'
    union all
    select
        'push_event' as table_name,
        events.quarantine_reason,
        events.event_id,
        events.campaign_id,
        account_hashes.hash_uno,
        events.event_type,
        events.occurred_at,
        events.payload,
        events.ingested_at,
        events.ingest_date,
        cast(null as string) as campaign_name,
        cast(null as string) as program_id,
        cast(null as string) as segment_name,
        cast(null as timestamp) as scheduled_at,
        cast(null as int64) as holdout_percent,
        cast(null as timestamp) as updated_at
    from push_events_judged as events
    left join account_hashes on events.uno = account_hashes.uno
    where events.outcome = 'quarantined'
)

select * from final
