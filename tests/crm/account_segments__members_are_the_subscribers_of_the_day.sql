/*
**What is this test?** On each as-of date the accounts that are new, active, at risk or
dormant are as many as the paid subscribers of the day at level total.
**When is this important to resolve?** Before segments are used: accounts are missing, or
a membership is read otherwise than in the subscription marts.
**How to resolve?** Compare `int_restricted__account_memberships` with the spells. A refund
that came after the date was shown changes the subscribers at once, the segments with a
backfill of that date.
*/
with

members as (
    select
        as_of_date,
        countif(lifecycle in ('new', 'active', 'at_risk', 'dormant')) as member_count
    from {{ ref('account_segments') }}
    where as_of_date = {{ last_closed_day() }}
    group by as_of_date
),

subscribers as (
    select * from {{ ref('paid_subscribers_daily') }}
    where level = 'total'
)

select
    members.as_of_date,
    members.member_count,
    subscribers.subscribers
from members
left join subscribers on members.as_of_date = subscribers.snapshot_date
where members.member_count != coalesce(subscribers.subscribers, 0)
