{{ config(materialized='view') }}

with

paid_periods as (
    select * from {{ ref('int_subscription__paid_periods') }}
),

changes as (
    select
        level,
        sales_type,
        product_code,
        billing_months,
        started_on as change_date,
        lines as lines_change,
        amount_krw as amount_krw_change
    from paid_periods
    union all
    select
        level,
        sales_type,
        product_code,
        billing_months,
        ended_on as change_date,
        -lines as lines_change,
        -amount_krw as amount_krw_change
    from paid_periods
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
    from changes
    group by level, sales_type, product_code, billing_months, change_date
)

select * from final
