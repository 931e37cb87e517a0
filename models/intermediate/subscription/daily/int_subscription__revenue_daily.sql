{{ config(**table_design(partition='revenue_date', cluster=['level'])) }}

with

-- two imports of one relation: a single one would be kept in memory as a whole
payment_events as (
    select * from {{ ref('int_restricted__subscription_events') }}
    where event_type in ('SUBSCRIBE', 'RENEW', 'CHANGE')
),

refund_events as (
    select * from {{ ref('int_restricted__subscription_events') }}
    where event_type = 'REFUND'
),

periods as (
    select * from {{ ref('int_restricted__subscription_periods') }}
),

levels as (
    select * from {{ ref('int_restricted__subscription_levels') }}
),

payments as (
    select
        sales_type,
        product_code,
        occurred_on,
        sum(amount_krw) as revenue_krw,
        cast(0 as numeric(18, 2)) as refund_krw,
        cast(null as string) as refunded_uno
    from payment_events
    group by sales_type, product_code, occurred_on
),

refunds as (
    select
        coalesce(periods.sales_type, refund_events.sales_type) as sales_type,
        coalesce(periods.product_code, refund_events.product_code) as product_code,
        refund_events.occurred_on,
        cast(0 as numeric(18, 2)) as revenue_krw,
        refund_events.amount_krw as refund_krw,
        refund_events.uno as refunded_uno
    from refund_events
    left join periods
        on
            refund_events.subscription_id = periods.subscription_id
            and refund_events.occurred_at >= periods.started_at
            and refund_events.occurred_at < periods.natural_ended_at
),

amounts as (
    select * from payments
    union all
    select * from refunds
),

amounts_by_level as (
    select
        levels.level,
        case when levels.has_sales_type then amounts.sales_type else 'ALL' end
            as sales_type,
        case when levels.has_product then amounts.product_code else 'ALL' end
            as product_code,
        amounts.occurred_on,
        amounts.revenue_krw,
        amounts.refund_krw,
        amounts.refunded_uno
    from amounts
    cross join levels
    -- a refund of no known product belongs to the total alone
    where not levels.has_sales_type or amounts.sales_type is not null
),

final as (
    select
        level,
        sales_type,
        product_code,
        occurred_on as revenue_date,
        cast(sum(revenue_krw) as numeric(18, 2)) as revenue_krw,
        cast(sum(refund_krw) as numeric(18, 2)) as refund_krw,
        count(distinct refunded_uno) as refunded_accounts
    from amounts_by_level
    group by level, sales_type, product_code, occurred_on
)

select * from final
