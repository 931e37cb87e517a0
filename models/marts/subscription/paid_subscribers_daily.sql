{{ config(**table_design(
    partition='snapshot_date',
    cluster=['level', 'product_code']
)) }}

with

level_days as (
    select * from {{ ref('int_subscription__level_days') }}
),

spell_changes as (
    select * from {{ ref('int_subscription__spell_changes_daily') }}
),

active as (
    select * from {{ ref('int_subscription__active_daily') }}
),

revenue as (
    select * from {{ ref('int_subscription__revenue_daily') }}
),

joined as (
    select
        level_days.snapshot_date,
        level_days.level,
        level_days.sales_type,
        level_days.product_code,
        coalesce(spell_changes.subscribers_change, 0) as subscribers_change,
        coalesce(active.paid_users, 0) as paid_users,
        coalesce(active.monthly_amount_krw, 0) as monthly_amount_krw,
        coalesce(spell_changes.new_subscribers, 0) as new_subscribers,
        coalesce(spell_changes.returned_subscribers, 0) as returned_subscribers,
        coalesce(spell_changes.churned_subscribers, 0) as churned_subscribers,
        coalesce(spell_changes.voluntary_churned_subscribers, 0)
            as voluntary_churned_subscribers,
        coalesce(revenue.revenue_krw, 0) as revenue_krw,
        coalesce(revenue.refund_krw, 0) as refund_krw
    from level_days
    left join spell_changes
        on
            level_days.level = spell_changes.level
            and level_days.sales_type = spell_changes.sales_type
            and level_days.product_code = spell_changes.product_code
            and level_days.snapshot_date = spell_changes.change_date
    left join active
        on
            level_days.level = active.level
            and level_days.sales_type = active.sales_type
            and level_days.product_code = active.product_code
            and level_days.snapshot_date = active.snapshot_date
    left join revenue
        on
            level_days.level = revenue.level
            and level_days.sales_type = revenue.sales_type
            and level_days.product_code = revenue.product_code
            and level_days.snapshot_date = revenue.revenue_date
),

final as (
    select
        snapshot_date,
        level,
        sales_type,
        product_code,
        cast(
            sum(subscribers_change) over (
                partition by level, sales_type, product_code
                order by snapshot_date
                rows between unbounded preceding and current row
            ) as int64
        ) as subscribers,
        paid_users,
        {{ equivalent_paid_users('monthly_amount_krw') }} as equivalent_paid_users,
        new_subscribers,
        returned_subscribers,
        churned_subscribers,
        voluntary_churned_subscribers,
        cast(revenue_krw as numeric(18, 2)) as revenue_krw,
        cast(refund_krw as numeric(18, 2)) as refund_krw
    from joined
)

select * from final
