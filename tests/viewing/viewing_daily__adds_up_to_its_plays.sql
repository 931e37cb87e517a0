/*
**What is this test?** Of every closed day, in a daily run of those it rewrote, the views
and each kind of seconds in `viewing_daily` add up to those of its plays.
**When is this important to resolve?** At once: the mart lost or repeated plays.
**How to resolve?** Look for a join in `viewing_daily` that is not one row to one.
*/
{%- set window = {'field': 'view_date', 'after': overlap_days()} %}

with

mart as (
    select
        view_date,
        sum(views) as views,
        sum(watched_seconds) as watched_seconds,
        sum(reported_seconds) as reported_seconds,
        sum(overlap_seconds) as overlap_seconds,
        sum(excess_seconds) as excess_seconds
    from {{ ref('viewing_daily') }}
    where {{ is_tested_date('view_date', window) }}
    group by view_date
),

plays as (
    select
        view_date,
        count(*) as views,
        sum(watched_seconds) as watched_seconds,
        sum(reported_seconds) as reported_seconds,
        sum(overlap_seconds) as overlap_seconds,
        sum(excess_seconds) as excess_seconds
    from {{ ref('int_viewing__plays') }}
    where {{ is_tested_date('view_date', window) }}
    group by view_date
)

select
    plays.view_date,
    plays.views,
    mart.views as mart_views
from plays
full outer join mart on plays.view_date = mart.view_date
where
    plays.views is distinct from mart.views
    or plays.watched_seconds is distinct from mart.watched_seconds
    or plays.reported_seconds is distinct from mart.reported_seconds
    or plays.overlap_seconds is distinct from mart.overlap_seconds
    or plays.excess_seconds is distinct from mart.excess_seconds
