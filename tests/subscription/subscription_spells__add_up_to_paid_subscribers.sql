/*
**What is this test?** At each level, the days that spells cover add up to the subscribers
of all days, and the spells by how they ended to the churns, of `paid_subscribers_daily`.
With a grace subscribers may be more, since it covers without being paid.
**When is this important to resolve?** At once: cohorts, churn and survival are made of
the same spells.
**How to resolve?** Look at `tenure_days` and `end_kind`, and at the spells that
`subscription_spells` leaves out.
*/
with

spells as (
    select
        level,
        sales_type,
        product_code,
        sum(tenure_days) as subscriber_days,
        countif(end_kind != 'open') as churned,
        countif(end_kind = 'voluntary') as voluntary_churned
    from {{ ref('subscription_spells') }}
    group by level, sales_type, product_code
),

paid_subscribers as (
    select
        level,
        sales_type,
        product_code,
        sum(subscribers) as subscriber_days,
        sum(churned_subscribers) as churned,
        sum(voluntary_churned_subscribers) as voluntary_churned
    from {{ ref('paid_subscribers_daily') }}
    group by level, sales_type, product_code
)

select paid_subscribers.*
from paid_subscribers
left join spells
    on
        paid_subscribers.level = spells.level
        and paid_subscribers.sales_type = spells.sales_type
        and paid_subscribers.product_code = spells.product_code
where
    paid_subscribers.subscriber_days
    {{ '!=' if var('grace_days') == 0 else '<' }} coalesce(spells.subscriber_days, 0)
    or paid_subscribers.churned != coalesce(spells.churned, 0)
    or paid_subscribers.voluntary_churned != coalesce(spells.voluntary_churned, 0)
