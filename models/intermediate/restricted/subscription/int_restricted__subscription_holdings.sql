{{ config(**table_design(cluster=['uno'])) }}

with

periods as (
    select * from {{ ref('int_restricted__subscription_periods') }}
),

-- a period that ends on the day it starts is held at the end of no day
paid as (
    select
        uno,
        sales_type,
        product_code,
        lines,
        started_on,
        ended_on,
        {{ monthly_amount('amount_krw', 'billing_months') }} as mrr_krw
    from periods
    where is_paid and started_on < ended_on and started_on <= {{ last_closed_day() }}
),

changes as (
    select
        uno,
        sales_type,
        product_code,
        started_on as change_date,
        1 as passes_change,
        lines as lines_change,
        mrr_krw as mrr_change_krw
    from paid
    union all
    select
        uno,
        sales_type,
        product_code,
        ended_on as change_date,
        -1 as passes_change,
        -lines as lines_change,
        -mrr_krw as mrr_change_krw
    from paid
    where ended_on <= {{ last_closed_day() }}
),

summed as (
    select
        uno,
        sales_type,
        product_code,
        change_date,
        sum(passes_change) as passes_change,
        sum(lines_change) as lines_change,
        sum(mrr_change_krw) as mrr_change_krw
    from changes
    group by uno, sales_type, product_code, change_date
),

final as (
    select
        uno,
        sales_type,
        product_code,
        change_date,
        cast(passes_change as int64) as passes_change,
        cast(lines_change as int64) as lines_change,
        cast(mrr_change_krw as numeric(18, 2)) as mrr_change_krw
    from summed
    -- a renewal at the same price changes nothing
    where passes_change != 0 or mrr_change_krw != 0
)

select * from final
