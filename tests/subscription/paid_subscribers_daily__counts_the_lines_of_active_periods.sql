/*
**What is this test?** On the first of each month and on the last seven days, paid users
and equivalents are those of the paid periods active at the end of the day, counted here
by the definition itself and not by running sums.
**When is this important to resolve?** At once: paid users or equivalents are wrong.
**How to resolve?** Compare the paid periods of one of the days with the deltas of
`int_subscription__period_changes_daily`.
*/
with

mart as (
    select * from {{ ref('paid_subscribers_daily') }}
    where
        extract(day from snapshot_date) = 1
        or {{ days_between('snapshot_date', last_closed_day()) }} < 7
),

paid_periods as (
    select * from {{ ref('int_subscription__paid_periods') }}
),

counted as (
    select
        mart.snapshot_date,
        mart.level,
        mart.sales_type,
        mart.product_code,
        mart.paid_users,
        mart.equivalent_paid_users,
        coalesce(sum(paid_periods.lines), 0) as lines,
        coalesce(
            sum(cast(paid_periods.amount_krw as float64) / paid_periods.billing_months),
            0
        ) as monthly_amount_krw
    from mart
    left join paid_periods
        on
            mart.level = paid_periods.level
            and mart.sales_type = paid_periods.sales_type
            and mart.product_code = paid_periods.product_code
            and mart.snapshot_date >= paid_periods.started_on
            and mart.snapshot_date < paid_periods.ended_on
    group by
        mart.snapshot_date,
        mart.level,
        mart.sales_type,
        mart.product_code,
        mart.paid_users,
        mart.equivalent_paid_users
)

select *
from counted
where
    paid_users != lines
    or abs(
        cast(equivalent_paid_users as float64)
        - monthly_amount_krw / {{ var('equivalent_price_krw') }}
    ) > 0.0001
