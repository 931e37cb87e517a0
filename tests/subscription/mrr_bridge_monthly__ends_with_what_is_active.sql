/*
**What is this test?** The monthly revenue at the end of each month is that of the paid
periods active then, counted here by the definition itself and not by running sums.
**When is this important to resolve?** At once: the MRR is wrong.
**How to resolve?** Compare the paid periods of one of the months with the changes in
`int_restricted__subscription_holdings`.
*/
with

bridge as (
    select * from {{ ref('mrr_bridge_monthly') }}
),

paid_periods as (
    select
        *,
        {{ monthly_amount('amount_krw', 'billing_months') }} as mrr_krw
    from {{ ref('int_subscription__paid_periods') }}
),

counted as (
    select
        bridge.month_start,
        bridge.level,
        bridge.sales_type,
        bridge.product_code,
        bridge.end_mrr_krw,
        coalesce(sum(paid_periods.mrr_krw), 0) as active_mrr_krw
    from bridge
    left join paid_periods
        on
            bridge.level = paid_periods.level
            and bridge.sales_type = paid_periods.sales_type
            and bridge.product_code = paid_periods.product_code
            and bridge.last_date >= paid_periods.started_on
            and bridge.last_date < paid_periods.ended_on
    group by
        bridge.month_start,
        bridge.level,
        bridge.sales_type,
        bridge.product_code,
        bridge.end_mrr_krw
)

select *
from counted
where end_mrr_krw != active_mrr_krw
