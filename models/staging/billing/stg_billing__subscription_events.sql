with

subscription_events as (
    select * from {{ source('billing', 'subscription_event') }}
),

cleaned as (
    select
        {{ clean_text('event_id') }} as event_id,
        {{ clean_text('subscription_id') }} as subscription_id,
        {{ clean_text('uno') }} as uno,
        {{ clean_text('event_type') }} as event_type,
        {{ clean_text('product_code') }} as product_code,
        occurred_at,
        period_start,
        period_end,
        {{ clean_text('paid_amount') }} as paid_amount,
        {{ clean_text('currency') }} as currency,
        {{ clean_text('payment_method') }} as payment_method,
        ingested_at,
        ingest_date,
        {{ amount_digits('paid_amount') }} as amount_digits
    from subscription_events
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
        case
            when {{ re_match('amount_digits', '[0-9]{1,12}([.][0-9]{1,2})?') }}
                then cast(amount_digits as numeric(18, 2))
        end as amount_krw
    from cleaned
)

select * from final
