{{ config(materialized='view') }}

with

-- two imports of one relation: a single one would be kept in memory as a whole
sent_once as (
    select * from {{ ref('int_restricted__push_events_checked') }}
    where not is_resent
),

sent_again as (
    select * from {{ ref('int_restricted__push_events_checked') }}
    where is_resent
),

ranked as (
    select
        *,
        row_number() over (
            partition by event_id, quarantine_reason
            order by
                ingested_at desc nulls last,
                campaign_id desc nulls last,
                uno desc nulls last,
                event_type desc nulls last,
                occurred_at desc nulls last,
                payload desc nulls last,
                ingest_date desc nulls last
        ) as copy_number
    from sent_again
),

numbered as (
    select
        event_id,
        campaign_id,
        uno,
        event_type,
        occurred_at,
        payload,
        ingested_at,
        ingest_date,
        quarantine_reason,
        copy_number
    from ranked
    union all
    select
        event_id,
        campaign_id,
        uno,
        event_type,
        occurred_at,
        payload,
        ingested_at,
        ingest_date,
        quarantine_reason,
        1 as copy_number
    from sent_once
),

final as (
    select
        event_id,
        campaign_id,
        uno,
        event_type,
        occurred_at,
        payload,
        ingested_at,
        ingest_date,
        quarantine_reason,
        {{ row_outcome() }} as outcome
    from numbered
)

select * from final
