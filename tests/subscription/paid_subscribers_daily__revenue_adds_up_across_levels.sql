/*
**What is this test?** Subscribers do not add up across levels, money does: revenue of the
products equals that of the sales types, and that of the total, on every day.
**When is this important to resolve?** Before the numbers go out: a payment is missing at
a level, or stands there twice.
**How to resolve?** Look at the products of the day's events in
`int_subscription__revenue_daily`.
*/
with

levels as (
    select
        snapshot_date,
        sum(case when level = 'total' then revenue_krw else 0 end) as total_krw,
        sum(case when level = 'sales_type' then revenue_krw else 0 end)
            as sales_type_krw,
        sum(case when level = 'product' then revenue_krw else 0 end) as product_krw
    from {{ ref('paid_subscribers_daily') }}
    group by snapshot_date
)

select *
from levels
where total_krw != sales_type_krw or total_krw != product_krw
