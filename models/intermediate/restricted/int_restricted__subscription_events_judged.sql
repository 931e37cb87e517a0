{{ config(materialized='view') }}

with

-- two imports of one relation: a single one would be kept in memory as a whole
sent_once as (
    select * from {{ ref('int_restricted__subscription_events_checked') }}
    where not is_resent
),

sent_again as (
    select * from {{ ref('int_restricted__subscription_events_checked') }}
    where is_resent
),

ranked as (
    select
        *,
        row_number() over (
            partition by event_id, quarantine_reason
            order by
                ingested_at desc nulls last,
                subscription_id desc nulls last,
                uno desc nulls last,
                event_type desc nulls last,
                product_code desc nulls last,
                occurred_at desc nulls last,
                period_start desc nulls last,
                period_end desc nulls last,
                paid_amount desc nulls last,
                currency desc nulls last,
                payment_method desc nulls last,
                ingest_date desc nulls last
        ) as copy_number
    from sent_again
),

numbered as (
    select
        event_id,
        subscription_id,
        uno,
        event_type,
        product_code,
        occurred_at,
        period_start,
        period_end,
        paid_amount,
        currency,
        payment_method,
        ingested_at,
        ingest_date,
        amount_krw,
        quarantine_reason,
        copy_number
    from ranked
    union all
    select
        event_id,
        subscription_id,
        uno,
        event_type,
        product_code,
        occurred_at,
        period_start,
        period_end,
        paid_amount,
        currency,
        payment_method,
        ingested_at,
        ingest_date,
        amount_krw,
        quarantine_reason,
        1 as copy_number
    from sent_once
),

final as (
    select
        event_id,
        subscription_id,
        uno,
        event_type,
        product_code,
        occurred_at,
        period_start,
        period_end,
        paid_amount,
        currency,
        payment_method,
        ingested_at,
        ingest_date,
        amount_krw,
        quarantine_reason,
        {{ row_outcome() }} as outcome
    from numbered
)

select * from final
