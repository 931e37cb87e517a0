/*
**What is this test?** Of every week that is over and programme, views, valid and completed
views and viewing time are the sums of `viewing_daily`, and First Views those of
`first_views_daily`; viewers lie between those of the week's best day and their sum.
**When is this important to resolve?** Before the Monday meeting: two pages disagree.
**How to resolve?** See which of `int_restricted__viewing_weeks` and
`int_viewing__program_days` differs from the plays; a backfill of the week settles both.
*/
with

daily as (
    select
        view_date,
        program_id,
        sum(views) as views,
        sum(valid_views) as valid_views,
        sum(completed_views) as completed_views,
        sum(watched_seconds) as watched_seconds,
        max(viewers) as most_viewers,
        sum(viewers) as all_viewers
    from {{ ref('viewing_daily') }}
    group by view_date, program_id
),

days as (
    select
        {{ week_start('view_date') }} as week_start,
        program_id,
        sum(views) as views,
        sum(valid_views) as valid_views,
        sum(completed_views) as completed_views,
        sum(watched_seconds) as watched_seconds,
        max(most_viewers) as most_viewers,
        sum(all_viewers) as all_viewers
    from daily
    where view_date < {{ date_plus(last_whole_week(), 7) }}
    group by {{ week_start('view_date') }}, program_id
),

first_views as (
    select
        {{ week_start('subscription_date') }} as week_start,
        program_id,
        sum(first_views) as first_views
    from {{ ref('first_views_daily') }}
    where subscription_date < {{ date_plus(last_whole_week(), 7) }}
    group by {{ week_start('subscription_date') }}, program_id
),

expected as (
    select
        days.*,
        coalesce(first_views.first_views, 0) as first_views
    from days
    left join first_views
        on
            days.week_start = first_views.week_start
            and days.program_id = first_views.program_id
),

weekly as (
    select * from {{ ref('program_performance_weekly') }}
)

select
    expected.week_start,
    expected.program_id,
    expected.views,
    weekly.views as weekly_views
from expected
full outer join weekly
    on
        expected.week_start = weekly.week_start
        and expected.program_id = weekly.program_id
where
    expected.views is distinct from weekly.views
    or expected.valid_views is distinct from weekly.valid_views
    or expected.completed_views is distinct from weekly.completed_views
    or expected.watched_seconds is distinct from weekly.watched_seconds
    or expected.first_views is distinct from weekly.first_views
    or weekly.viewers > expected.all_viewers
    or weekly.viewers < expected.most_viewers
