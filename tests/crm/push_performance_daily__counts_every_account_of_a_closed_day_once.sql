/*
**What is this test?** The accounts of a campaign, in the two arms and outside of them,
are as many as have an event in it, each counted once.
**When is this important to resolve?** Before anybody reads a campaign's effect: an
account is lost or stands in both arms.
**How to resolve?** Look at `int_restricted__pushes` for the campaign: one row an account.
*/
with

performance as (
    select
        campaign_id,
        sum(sent + control + unsent) as account_count
    from {{ ref('push_performance_daily') }}
    group by campaign_id
),

pushed as (
    select
        campaign_id,
        count(distinct uno) as account_count
    from {{ ref('int_restricted__push_outcomes') }}
    where sent_date <= {{ last_closed_day() }}
    group by campaign_id
)

select
    pushed.campaign_id,
    pushed.account_count,
    performance.account_count as accounts_shown
from pushed
left join performance on pushed.campaign_id = performance.campaign_id
where pushed.account_count is distinct from performance.account_count
