{{ config(**table_design(partition='change_date', cluster=['level'])) }}

with

periods as (
    select * from {{ ref('int_restricted__subscription_periods') }}
),

levels as (
    select * from {{ ref('int_restricted__subscription_levels') }}
),

-- millions of periods, but few pairs of dates
dated as (
    select
        sales_type,
        product_code,
        billing_months,
        started_on,
        ended_on,
        sum(lines) as lines,
        sum(amount_krw) as amount_krw
    from periods
    where is_paid and not is_void
    group by sales_type, product_code, billing_months, started_on, ended_on
),

changes as (
    select
        sales_type,
        product_code,
        billing_months,
        started_on as change_date,
        lines as lines_change,
        amount_krw as amount_krw_change
    from dated
    union all
    select
        sales_type,
        product_code,
        billing_months,
        ended_on as change_date,
        -lines as lines_change,
        -amount_krw as amount_krw_change
    from dated
),

changes_by_level as (
    select
        levels.level,
        case when levels.has_sales_type then changes.sales_type else 'ALL' end
            as sales_type,
        case when levels.has_product then changes.product_code else 'ALL' end
            as product_code,
        changes.billing_months,
        changes.change_date,
        changes.lines_change,
        changes.amount_krw_change
    from changes
    cross join levels
),

final as (
    select
        level,
        sales_type,
        product_code,
        billing_months,
        change_date,
        cast(sum(lines_change) as int64) as lines_change,
        cast(sum(amount_krw_change) as numeric(18, 2)) as amount_krw_change
    from changes_by_level
    group by level, sales_type, product_code, billing_months, change_date
)

select * from final
