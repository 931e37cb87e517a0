{{ config(**table_design(
    partition='ingest_date',
    cluster=['quarantine_reason', 'event_id']
)) }}

with

subscription_events as (
    select * from {{ ref('stg_billing__subscription_events') }}
),

resent_subscription_events as (
    select * from {{ ref('int_restricted__resent_subscription_events') }}
),

products as (
    select * from {{ ref('products') }}
),

typed as (
    select
        subscription_events.*,
        products.product_code as known_product_code,
        subscription_events.event_type in ('SUBSCRIBE', 'RENEW', 'CHANGE')
            as is_period_event,
        resent_subscription_events.event_id is not null as is_resent
    from subscription_events
    left join products on subscription_events.product_code = products.product_code
    left join resent_subscription_events
        on subscription_events.event_id = resent_subscription_events.event_id
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
        is_resent,
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
)

select * from final
