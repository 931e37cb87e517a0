/*
**What is this test?** Views and viewing time of all hours of a week and programme are those
of `program_performance_weekly`.
**When is this important to resolve?** Before the week's page is read: hours are missing.
**How to resolve?** Compare `int_viewing__program_hour_weeks` and
`int_restricted__viewing_weeks`; both read the same plays, so one was not rewritten.
*/
with

hours as (
    select
        week_start,
        program_id,
        sum(views) as views,
        sum(valid_views) as valid_views,
        sum(watched_seconds) as watched_seconds
    from {{ ref('program_hours_weekly') }}
    group by week_start, program_id
),

performance as (
    select * from {{ ref('program_performance_weekly') }}
)

select
    performance.week_start,
    performance.program_id,
    performance.views,
    hours.views as views_of_hours
from performance
full outer join hours
    on
        performance.week_start = hours.week_start
        and performance.program_id = hours.program_id
where
    performance.views is distinct from hours.views
    or performance.valid_views is distinct from hours.valid_views
    or performance.watched_seconds is distinct from hours.watched_seconds
