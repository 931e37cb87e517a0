{{ config(materialized='view') }}

with

periods as (
    select * from {{ ref('int_subscription__periods') }}
),

levels as (
    select * from {{ ref('int_restricted__subscription_levels') }}
),

final as (
    select
        levels.level,
        case when levels.has_sales_type then periods.sales_type else 'ALL' end
            as sales_type,
        case when levels.has_product then periods.product_code else 'ALL' end
            as product_code,
        periods.event_id,
        periods.hash_uno,
        periods.lines,
        periods.billing_months,
        periods.amount_krw,
        periods.started_at,
        periods.ended_at,
        periods.started_on,
        periods.ended_on,
        periods.is_ended_by_choice
    from periods
    cross join levels
    where periods.is_paid and not periods.is_void
)

select * from final
