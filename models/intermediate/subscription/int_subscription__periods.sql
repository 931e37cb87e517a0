{{ config(materialized='view') }}

with

periods as (
    select * from {{ ref('int_restricted__subscription_periods') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

final as (
    select
        periods.event_id,
        periods.subscription_id,
        account_hashes.hash_uno,
        periods.product_code,
        periods.sales_type,
        periods.lines,
        periods.billing_months,
        periods.amount_krw,
        periods.started_at,
        periods.natural_ended_at,
        periods.ended_at,
        periods.started_on,
        periods.ended_on,
        periods.is_paid,
        periods.is_void,
        periods.is_ended_by_choice
    from periods
    inner join account_hashes on periods.uno = account_hashes.uno
)

select * from final
