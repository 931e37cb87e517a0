{{ config(**table_design(
    partition='ingest_date',
    cluster=['quarantine_reason', 'event_id']
)) }}

with

push_events as (
    select * from {{ ref('stg_crm__push_events') }}
),

-- a second import: DuckDB would keep one that is read twice, with all its columns
push_event_ids as (
    select event_id from {{ ref('stg_crm__push_events') }}
),

campaigns as (
    select * from {{ ref('int_restricted__push_campaigns_judged') }}
    where outcome = 'kept'
),

resent as (
    select event_id
    from push_event_ids
    group by event_id
    having count(*) > 1
),

final as (
    select
        push_events.event_id,
        push_events.campaign_id,
        push_events.uno,
        push_events.event_type,
        push_events.occurred_at,
        push_events.payload,
        push_events.ingested_at,
        push_events.ingest_date,
        resent.event_id is not null as is_resent,
        case
            when
                push_events.event_id is null
                or push_events.uno is null
                or push_events.event_type is null
                or push_events.occurred_at is null
                or push_events.ingested_at is null
                then 'missing_key'
            when
                push_events.event_type
                not in ('CONTROL', 'SENT', 'DELIVERED', 'FAILED', 'OPENED')
                then 'unknown_event_type'
            when {{ is_in_the_future('push_events.occurred_at', 'push_events.ingested_at') }}
                then 'in_the_future'
            when {{ is_before_history('push_events.occurred_at') }}
                then 'before_history'
            when campaigns.campaign_id is null then 'unknown_campaign'
        end as quarantine_reason
    from push_events
    left join resent on push_events.event_id = resent.event_id
    left join campaigns on push_events.campaign_id = campaigns.campaign_id
)

select * from final
