/*
**What is this test?** The failed accounts by reason add up to those of the campaign on
that date.
**When is this important to resolve?** Before anybody acts on the reasons.
**How to resolve?** Compare `failure_reason` with `is_failed` in `int_restricted__pushes`.
*/
with

reasons as (
    select
        sent_date,
        campaign_id,
        sum(failed) as failed
    from {{ ref('push_failures_daily') }}
    group by sent_date, campaign_id
),

performance as (
    select * from {{ ref('push_performance_daily') }}
)

select
    performance.sent_date,
    performance.campaign_id,
    performance.failed,
    reasons.failed as failed_by_reason
from performance
left join reasons
    on
        performance.sent_date = reasons.sent_date
        and performance.campaign_id = reasons.campaign_id
where performance.failed != coalesce(reasons.failed, 0)
