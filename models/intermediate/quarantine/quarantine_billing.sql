{{ config(**table_design(partition='ingest_date', cluster=['quarantine_reason'])) }}

with

subscription_events_judged as (
    select * from {{ ref('int_restricted__subscription_events_judged') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

final as (
    select
        'subscription_event' as table_name,
        events.quarantine_reason,
        events.event_id,
        events.subscription_id,
        account_hashes.hash_uno,
        events.event_type,
        events.product_code,
        events.occurred_at,
        events.period_start,
        events.period_end,
        events.paid_amount,
        events.currency,
        events.payment_method,
        events.ingested_at,
        events.ingest_date
    from subscription_events_judged as events
    left join account_hashes on events.uno = account_hashes.uno
    where events.outcome = 'quarantined'
)

select * from final
