/*
**What is this test?** A programme's First Views of a day never exceed the viewers that
`viewing_daily` shows for the programme on that day, summed over its device types.
**When is this important to resolve?** Before the report goes out: First View counts
accounts that did not watch.
**How to resolve?** Compare the plays of `int_first_view__views` with those of
`viewing_daily` for the day and programme shown.
*/
with

viewing as (
    select
        view_date,
        program_id,
        sum(viewers) as viewers
    from {{ ref('viewing_daily') }}
    where
        content_type in ('VOD', 'MOVIE')
        and view_date <= {{ last_closed_day() }}
    group by view_date, program_id
),

reports as (
    select * from {{ ref('first_views_daily') }}
)

select
    reports.subscription_date,
    reports.program_id,
    reports.first_views,
    viewing.viewers
from reports
left join viewing
    on
        reports.subscription_date = viewing.view_date
        and reports.program_id = viewing.program_id
where reports.first_views > coalesce(viewing.viewers, 0)
