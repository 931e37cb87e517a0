{{ config(materialized='view') }}

with

cohorts as (
    select * from {{ ref('int_restricted__subscription_cohorts') }}
),

events as (
    select * from {{ ref('int_restricted__subscription_events') }}
    where event_type in ('SUBSCRIBE', 'RENEW', 'CHANGE') and amount_krw > 0
),

final as (
    select
        cohorts.cohort_month,
        cohorts.sales_type,
        cohorts.first_product_code,
        {{ month_start('events.occurred_on') }} as month_start,
        cast(sum(events.amount_krw) as numeric(18, 2)) as revenue_krw
    from events
    inner join cohorts
        on events.uno = cohorts.uno and events.sales_type = cohorts.sales_type
    group by
        cohorts.cohort_month,
        cohorts.sales_type,
        cohorts.first_product_code,
        {{ month_start('events.occurred_on') }}
)

select * from final
