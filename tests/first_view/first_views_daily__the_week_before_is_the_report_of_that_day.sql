/*
**What is this test?** Count and rank of the week before are those that the report of
that day shows, and a programme of that day is in this one.
**When is this important to resolve?** Before the report goes out: its arrows are wrong.
**How to resolve?** Look at the join on the date seven days earlier in
`first_views_daily`; it must go by date, never by the number of rows.
*/
with

reports as (
    select * from {{ ref('first_views_daily') }}
),

week_ago as (
    select
        {{ date_plus('subscription_date', 7) }} as subscription_date,
        program_id,
        first_views,
        first_view_rank
    from reports
    where
        first_views > 0
        and subscription_date <= {{ date_plus(last_closed_day(), -7) }}
)

select
    coalesce(reports.subscription_date, week_ago.subscription_date)
        as subscription_date,
    coalesce(reports.program_id, week_ago.program_id) as program_id,
    reports.first_views_week_ago,
    week_ago.first_views
from reports
full outer join week_ago
    on
        reports.subscription_date = week_ago.subscription_date
        and reports.program_id = week_ago.program_id
where
    coalesce(week_ago.first_views, 0) is distinct from reports.first_views_week_ago
    or week_ago.first_view_rank is distinct from reports.first_view_rank_week_ago
