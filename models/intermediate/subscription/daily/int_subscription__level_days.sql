{{ config(**table_design(partition='snapshot_date', cluster=['level'])) }}

with

revenue_daily as (
    select * from {{ ref('int_subscription__revenue_daily') }}
),

period_changes as (
    select * from {{ ref('int_subscription__period_changes_daily') }}
),

beginnings as (
    select
        level,
        sales_type,
        product_code,
        revenue_date as beginning
    from revenue_daily
    where revenue_krw > 0
    union all
    select
        level,
        sales_type,
        product_code,
        change_date as beginning
    from period_changes
),

first_days as (
    select
        level,
        sales_type,
        product_code,
        min(beginning) as first_date
    from beginnings
    group by level, sales_type, product_code
),

final as (
    select
        first_days.level,
        first_days.sales_type,
        first_days.product_code,
        -- unqualified, since on BigQuery an unnested value has no table
        snapshot_date -- noqa: RF03
    from first_days
    cross join {{ day_spine('first_days.first_date', last_closed_day(), 'snapshot_date') }}
)

select * from final
