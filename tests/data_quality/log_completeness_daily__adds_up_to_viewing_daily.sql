/*
**What is this test?** Of every closed day, the kept plays of all device types together in
`log_completeness_daily` are the views of `viewing_daily`; a day without any has 0.
**When is this important to resolve?** At once: the page that tells of missing data would
miss some itself.
**How to resolve?** Compare `int_data_quality__play_counts` with `int_viewing__plays` of the
day; a backfill rewrites both.
*/
with

expected as (
    select
        log_date,
        kept_rows
    from {{ ref('log_completeness_daily') }}
    where source = 'player.viewing_log' and device_type = 'ALL'
),

viewing as (
    select
        view_date,
        sum(views) as views
    from {{ ref('viewing_daily') }}
    group by view_date
)

select
    expected.log_date,
    expected.kept_rows,
    viewing.views
from expected
left join viewing on expected.log_date = viewing.view_date
where expected.kept_rows != coalesce(viewing.views, 0)
