{{ config(materialized='view') }}

with

events as (
    select * from {{ ref('int_restricted__subscription_events') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

final as (
    select
        events.event_id,
        events.subscription_id,
        account_hashes.hash_uno,
        events.event_type,
        events.product_code,
        events.sales_type,
        events.lines,
        events.billing_months,
        events.occurred_at,
        events.occurred_on,
        events.period_start,
        events.period_end,
        events.amount_krw,
        events.payment_method
    from events
    inner join account_hashes on events.uno = account_hashes.uno
)

select * from final
