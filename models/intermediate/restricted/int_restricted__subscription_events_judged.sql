{{ config(**table_design(partition='ingest_date', cluster=['outcome', 'event_id'])) }}

with

subscription_events as (
    select * from {{ ref('stg_billing__subscription_events') }}
),

products as (
    select * from {{ ref('products') }}
),

typed as (
    select
        subscription_events.*,
        products.product_code as known_product_code,
        subscription_events.event_type in ('SUBSCRIBE', 'RENEW', 'CHANGE')
            as is_period_event
    from subscription_events
    left join products on subscription_events.product_code = products.product_code
),

reasoned as (
    select
        *,
        case
            when
                event_id is null
                or subscription_id is null
                or uno is null
                or event_type is null
                or occurred_at is null
                or ingested_at is null
                then 'missing_key'
            when
                event_type not in ('SUBSCRIBE', 'RENEW', 'CHANGE', 'CANCEL', 'REFUND')
                then 'unknown_event_type'
            when {{ is_in_the_future('occurred_at', 'ingested_at') }}
                then 'in_the_future'
            when
                {{ is_before_history('occurred_at') }}
                or {{ is_before_history('period_start') }}
                then 'before_history'
            when
                is_period_event
                and (
                    period_start is null
                    or period_end is null
                    or period_end <= period_start
                )
                then 'bad_period'
            when is_period_event and known_product_code is null
                then 'unknown_product'
            when is_period_event and (currency is null or currency != 'KRW')
                then 'unknown_currency'
            when (is_period_event or event_type = 'REFUND') and amount_krw is null
                then 'bad_amount'
        end as quarantine_reason
    from typed
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
    from reasoned
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
    from ranked
)

select * from final
