/*
**What is this test?** On the first of each month and on the last seven days, subscribers
are the distinct accounts whose spell covers the end of the day, counted here by the
definition itself and not by running sums.
**When is this important to resolve?** At once: the count of subscribers is wrong.
**How to resolve?** Compare the spells of one of the days with the deltas of
`int_subscription__spell_changes_daily`.
*/
with

mart as (
    select * from {{ ref('paid_subscribers_daily') }}
    where
        extract(day from snapshot_date) = 1
        or {{ days_between('snapshot_date', last_closed_day()) }} < 7
),

spells as (
    select * from {{ ref('int_subscription__spells') }}
),

counted as (
    select
        mart.snapshot_date,
        mart.level,
        mart.sales_type,
        mart.product_code,
        mart.subscribers,
        count(distinct spells.hash_uno) as distinct_accounts
    from mart
    left join spells
        on
            mart.level = spells.level
            and mart.sales_type = spells.sales_type
            and mart.product_code = spells.product_code
            and mart.snapshot_date >= spells.started_on
            and (mart.snapshot_date < spells.ended_on or not spells.is_past)
    group by
        mart.snapshot_date,
        mart.level,
        mart.sales_type,
        mart.product_code,
        mart.subscribers
)

select *
from counted
where subscribers != distinct_accounts
