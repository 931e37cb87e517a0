/*
**What is this test?** For every day and level: subscribers = subscribers of the day
before + new + returned − churned.
**When is this important to resolve?** At once: the counts of the executives' page do not
explain each other.
**How to resolve?** Compare when a spell stops to cover the end of a day with when it
counts as churned, in `int_subscription__spells` and `int_subscription__spell_changes_daily`.
*/
with

compared as (
    select
        snapshot_date,
        level,
        sales_type,
        product_code,
        subscribers,
        new_subscribers,
        returned_subscribers,
        churned_subscribers,
        lag(subscribers) over (
            partition by level, sales_type, product_code
            order by snapshot_date
        ) as subscribers_before
    from {{ ref('paid_subscribers_daily') }}
)

select *
from compared
where
    subscribers
    != coalesce(subscribers_before, 0)
    + new_subscribers
    + returned_subscribers
    - churned_subscribers
