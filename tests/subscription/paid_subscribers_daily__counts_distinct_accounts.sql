/*
**What is this test?** On the first of each month and on the last seven days, subscribers
are the distinct accounts with a paid period active at the end of the day, counted here by
the definition itself, without spells and running sums. With a grace there may be more.
**When is this important to resolve?** At once: the count of subscribers is wrong.
**How to resolve?** Compare the paid periods of one of the days with the spells they are
merged into, and those with the deltas of `int_subscription__spell_changes_daily`.
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

active_accounts as (
    select distinct
        mart.snapshot_date,
        mart.level,
        mart.sales_type,
        mart.product_code,
        paid_periods.hash_uno
    from mart
    inner join paid_periods
        on
            mart.level = paid_periods.level
            and mart.sales_type = paid_periods.sales_type
            and mart.product_code = paid_periods.product_code
            and mart.snapshot_date >= paid_periods.started_on
            and mart.snapshot_date < paid_periods.ended_on
),

-- distinct rows go to disk where memory is short; a count of distinct values does not
counted as (
    select
        snapshot_date,
        level,
        sales_type,
        product_code,
        count(*) as distinct_accounts
    from active_accounts
    group by snapshot_date, level, sales_type, product_code
)

select
    mart.snapshot_date,
    mart.level,
    mart.sales_type,
    mart.product_code,
    mart.subscribers,
    counted.distinct_accounts
from mart
left join counted
    on
        mart.snapshot_date = counted.snapshot_date
        and mart.level = counted.level
        and mart.sales_type = counted.sales_type
        and mart.product_code = counted.product_code
where
    mart.subscribers
    {{ '!=' if var('grace_days') == 0 else '<' }} coalesce(counted.distinct_accounts, 0)
