/*
**What is this test?** Each month of a level starts on the day after the one before and
with the monthly revenue that it ended with; the first starts with none, and the last one
reaches `run_date`.
**When is this important to resolve?** At once: the bridges of two months do not join.
**How to resolve?** Look at the months of `int_subscription__level_days` and at the running
sum of `mrr_bridge_monthly`.
*/
with

bridge as (
    select * from {{ ref('mrr_bridge_monthly') }}
),

followed as (
    select
        month_start,
        level,
        sales_type,
        product_code,
        last_date,
        is_complete,
        start_mrr_krw,
        lag(last_date) over months as last_date_before,
        lag(end_mrr_krw) over months as end_mrr_krw_before,
        lead(month_start) over months as next_month_start
    from bridge
    window months as (
        partition by level, sales_type, product_code
        order by month_start
    )
)

select *
from followed
where
    start_mrr_krw != coalesce(end_mrr_krw_before, 0)
    or {{ days_between('last_date_before', 'month_start') }} != 1
    or (next_month_start is null and last_date != {{ last_closed_day() }})
    or (next_month_start is not null and not is_complete)
