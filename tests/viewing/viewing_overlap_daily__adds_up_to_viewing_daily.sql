/*
**What is this test?** Of every closed day, the views and each kind of seconds in
`viewing_overlap_daily` add up to those of `viewing_daily`.
**When is this important to resolve?** At once: one of the two lost or repeated plays.
**How to resolve?** Compare both with `int_viewing__plays` of that day.
*/
with

overlap as (
    select
        view_date,
        sum(views) as views,
        sum(watched_seconds) as watched_seconds,
        sum(reported_seconds) as reported_seconds,
        sum(overlap_seconds) as overlap_seconds
    from {{ ref('viewing_overlap_daily') }}
    group by view_date
),

viewing as (
    select
        view_date,
        sum(views) as views,
        sum(watched_seconds) as watched_seconds,
        sum(reported_seconds) as reported_seconds,
        sum(overlap_seconds) as overlap_seconds
    from {{ ref('viewing_daily') }}
    where view_date <= {{ last_closed_day() }}
    group by view_date
)

select
    viewing.view_date,
    viewing.views,
    overlap.views as overlap_views
from viewing
full outer join overlap on viewing.view_date = overlap.view_date
where
    viewing.views is distinct from overlap.views
    or viewing.watched_seconds is distinct from overlap.watched_seconds
    or viewing.reported_seconds is distinct from overlap.reported_seconds
    or viewing.overlap_seconds is distinct from overlap.overlap_seconds
