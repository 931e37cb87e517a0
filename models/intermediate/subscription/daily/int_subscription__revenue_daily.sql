{{ config(**table_design(partition='revenue_date', cluster=['level'])) }}

with

events as (
    select * from {{ ref('int_subscription__events') }}
),

periods as (
    select * from {{ ref('int_subscription__periods') }}
),

levels as (
    select * from {{ ref('int_subscription__levels') }}
),

payments as (
    select
        sales_type,
        product_code,
        occurred_on,
        amount_krw as revenue_krw,
        cast(0 as numeric(18, 2)) as refund_krw
    from events
    where event_type in ('SUBSCRIBE', 'RENEW', 'CHANGE')
),

refunds as (
    select
        coalesce(periods.sales_type, events.sales_type) as sales_type,
        coalesce(periods.product_code, events.product_code) as product_code,
        events.occurred_on,
        cast(0 as numeric(18, 2)) as revenue_krw,
        events.amount_krw as refund_krw
    from events
    left join periods
        on
            events.subscription_id = periods.subscription_id
            and events.occurred_at >= periods.started_at
            and events.occurred_at < periods.natural_ended_at
    where events.event_type = 'REFUND'
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
        amounts.refund_krw
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
        cast(sum(refund_krw) as numeric(18, 2)) as refund_krw
    from amounts_by_level
    group by level, sales_type, product_code, occurred_on
)

select * from final
