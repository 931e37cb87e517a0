{{ config(**table_design(partition='snapshot_date', cluster=['level'])) }}

with

level_days as (
    select * from {{ ref('int_subscription__level_days') }}
),

period_changes as (
    select * from {{ ref('int_subscription__period_changes_daily') }}
),

billing_cycles as (
    select distinct
        level,
        sales_type,
        product_code,
        billing_months
    from period_changes
),

days_by_cycle as (
    select
        level_days.level,
        level_days.sales_type,
        level_days.product_code,
        level_days.snapshot_date,
        billing_cycles.billing_months
    from level_days
    inner join billing_cycles
        on
            level_days.level = billing_cycles.level
            and level_days.sales_type = billing_cycles.sales_type
            and level_days.product_code = billing_cycles.product_code
),

summed as (
    select
        days_by_cycle.level,
        days_by_cycle.sales_type,
        days_by_cycle.product_code,
        days_by_cycle.snapshot_date,
        days_by_cycle.billing_months,
        sum(coalesce(period_changes.lines_change, 0)) over running as paid_users,
        sum(coalesce(period_changes.amount_krw_change, 0)) over running
            as active_amount_krw
    from days_by_cycle
    left join period_changes
        on
            days_by_cycle.level = period_changes.level
            and days_by_cycle.sales_type = period_changes.sales_type
            and days_by_cycle.product_code = period_changes.product_code
            and days_by_cycle.billing_months = period_changes.billing_months
            and days_by_cycle.snapshot_date = period_changes.change_date
    window running as (
        partition by
            days_by_cycle.level,
            days_by_cycle.sales_type,
            days_by_cycle.product_code,
            days_by_cycle.billing_months
        order by days_by_cycle.snapshot_date
        rows between unbounded preceding and current row
    )
),

final as (
    select
        level,
        sales_type,
        product_code,
        snapshot_date,
        cast(sum(paid_users) as int64) as paid_users,
        sum(cast(active_amount_krw as float64) / billing_months) as monthly_amount_krw
    from summed
    group by level, sales_type, product_code, snapshot_date
)

select * from final
