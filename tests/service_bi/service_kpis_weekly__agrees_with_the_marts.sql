/*
**What is this test?** The page's subscribers are those of Sunday in `paid_subscribers_daily`,
its hours, views and First Views the sums of `program_performance_weekly`, and last week's
values those that the page of last week shows.
**When is this important to resolve?** Before Monday 08:00.
**How to resolve?** See which figure differs, and whether its week was rewritten.
*/
with

page as (
    select * from {{ ref('service_kpis_weekly') }}
),

logs as (
    select min(view_date) as first_date
    from {{ ref('int_viewing__program_days') }}
),

weeks as (
    select
        week_start,
        sum(watched_seconds) / 3600 as viewing_hours,
        sum(views) as views,
        sum(first_views) as first_views,
        max(case when program_id != 'UNKNOWN' then viewers end) as program_top
    from {{ ref('program_performance_weekly') }}
    group by week_start
),

expected as (
    select
        week_start,
        'viewing_hours' as kpi,
        viewing_hours as expected_value
    from weeks
    union all
    select
        week_start,
        'views' as kpi,
        views as expected_value
    from weeks
    union all
    select
        week_start,
        'first_views' as kpi,
        first_views as expected_value
    from weeks
    union all
    select
        week_start,
        'program_top' as kpi,
        program_top as expected_value
    from weeks
    union all
    select
        {{ date_plus('snapshot_date', -6) }} as week_start,
        'subscribers' as kpi,
        subscribers as expected_value
    from {{ ref('paid_subscribers_daily') }}
    where
        level = 'total'
        and {{ week_start('snapshot_date') }} = {{ date_plus('snapshot_date', -6) }}
),

differs as (
    select
        page.week_start,
        page.kpi,
        page.kpi_value
    from page
    inner join expected on page.week_start = expected.week_start and page.kpi = expected.kpi
    where abs(page.kpi_value - expected.expected_value) > 1e-6
),

missing as (
    select
        expected.week_start,
        expected.kpi,
        expected.expected_value as kpi_value
    from expected
    -- the week in which the logs began is not on the page
    inner join logs on expected.week_start >= logs.first_date
    left join page on expected.week_start = page.week_start and expected.kpi = page.kpi
    where page.kpi is null and expected.kpi != 'subscribers'
),

not_as_last_week as (
    select
        page.week_start,
        page.kpi,
        page.kpi_value
    from page
    inner join page as week_ago
        on
            page.kpi = week_ago.kpi
            and page.week_start = {{ date_plus('week_ago.week_start', 7) }}
    where page.value_week_ago is distinct from week_ago.kpi_value
)

select * from differs
union all
select * from missing
union all
select * from not_as_last_week
