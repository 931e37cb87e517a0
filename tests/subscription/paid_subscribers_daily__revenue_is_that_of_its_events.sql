/*
**What is this test?** The revenue of a date at level total is the amount of the kept
SUBSCRIBE, RENEW and CHANGE events of that date, and the refunds are those of its REFUNDs.
**When is this important to resolve?** Before revenue is reported: an event is lost or
counted twice.
**How to resolve?** Look at `int_subscription__revenue_daily` for the date.
*/
with

events as (
    select
        occurred_on,
        sum(case when event_type = 'REFUND' then 0 else amount_krw end) as revenue_krw,
        sum(case when event_type = 'REFUND' then amount_krw else 0 end) as refund_krw
    from {{ ref('int_restricted__subscription_events') }}
    where event_type != 'CANCEL'
    group by occurred_on
),

paid as (
    select * from {{ ref('paid_subscribers_daily') }}
    where level = 'total'
)

select
    paid.snapshot_date,
    paid.revenue_krw,
    paid.refund_krw,
    events.revenue_krw as revenue_of_events_krw,
    events.refund_krw as refund_of_events_krw
from paid
left join events on paid.snapshot_date = events.occurred_on
where
    paid.revenue_krw != coalesce(events.revenue_krw, 0)
    or paid.refund_krw != coalesce(events.refund_krw, 0)
