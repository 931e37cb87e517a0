{{ config(materialized='view') }}

with

subscription_events_judged as (
    select * from {{ ref('int_restricted__subscription_events_judged') }}
),

products as (
    select * from {{ ref('products') }}
),

final as (
    select
        events.event_id,
        events.subscription_id,
        events.uno,
        events.event_type,
        products.product_code,
        products.sales_type,
        products.lines,
        products.billing_months,
        events.occurred_at,
        {{ kst_date('events.occurred_at') }} as occurred_on,
        events.period_start,
        events.period_end,
        events.amount_krw,
        events.payment_method
    from subscription_events_judged as events
    left join products on events.product_code = products.product_code
    where events.outcome = 'kept'
)

select * from final
