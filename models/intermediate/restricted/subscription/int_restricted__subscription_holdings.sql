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

-- most periods go on where one of the same product and price ends: left out before all
-- others are summed, in one pass that takes half the time
neighboured as (
    select
        *,
        coalesce(
            lag(ended_on) over held = started_on and lag(mrr_krw) over held = mrr_krw,
            false
        ) as goes_on_from,
        coalesce(
            lead(started_on) over held = ended_on and lead(mrr_krw) over held = mrr_krw,
            false
        ) as goes_on
    from paid
    window held as (partition by uno, product_code order by started_on, ended_on)
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
    from neighboured
    where not goes_on_from
    union all
    select
        uno,
        sales_type,
        product_code,
        ended_on as change_date,
        -1 as passes_change,
        -lines as lines_change,
        -mrr_krw as mrr_change_krw
    from neighboured
    where not goes_on and ended_on <= {{ last_closed_day() }}
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
    -- nor does another pass of the product at the same price change anything
    where passes_change != 0 or mrr_change_krw != 0
)

select * from final
