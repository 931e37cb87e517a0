/*
**What is this test?** On every day and level, new, returned and churned accounts and the
refunds are those of `paid_subscribers_daily`.
**When is this important to resolve?** At once: two marts tell different numbers.
**How to resolve?** Look at the joins of `subscription_movements_daily` by level and date.
*/
with

movements as (
    select
        movement_date as snapshot_date,
        level,
        sales_type,
        product_code,
        sum(case when movement = 'new' then accounts else 0 end) as new_subscribers,
        sum(case when movement = 'returned' then accounts else 0 end)
            as returned_subscribers,
        sum(
            case
                when movement in ('churned_voluntary', 'churned_involuntary') then accounts
                else 0
            end
        ) as churned_subscribers,
        sum(case when movement = 'churned_voluntary' then accounts else 0 end)
            as voluntary_churned_subscribers,
        sum(refund_krw) as refund_krw
    from {{ ref('subscription_movements_daily') }}
    group by movement_date, level, sales_type, product_code
),

paid_subscribers as (
    select
        snapshot_date,
        level,
        sales_type,
        product_code,
        new_subscribers,
        returned_subscribers,
        churned_subscribers,
        voluntary_churned_subscribers,
        refund_krw
    from {{ ref('paid_subscribers_daily') }}
),

both_marts as (
    select
        *,
        1 as side
    from movements
    union all
    select
        *,
        -1 as side
    from paid_subscribers
)

select
    snapshot_date,
    level,
    sales_type,
    product_code
from both_marts
group by snapshot_date, level, sales_type, product_code
having
    sum(side * new_subscribers) != 0
    or sum(side * returned_subscribers) != 0
    or sum(side * churned_subscribers) != 0
    or sum(side * voluntary_churned_subscribers) != 0
    or sum(side * refund_krw) != 0
