-- Which player counted viewing time twice: from when to when, and how many hours?
with

viewing_overlap_daily as (
    select * from {{ ref('viewing_overlap_daily') }}
),

final as (
    select
        device_type,
        app_version,
        double_counting_since,
        max(view_date) as double_counting_until,
        count(*) as flagged_days,
        sum(views) as views,
        sum(double_counted_hours) as double_counted_hours,
        sum(overlap_seconds) / nullif(sum(watched_seconds + overlap_seconds), 0)
            as overlap_share,
        avg(expected_share) as expected_share
    from viewing_overlap_daily
    where status = 'double_counting'
    group by device_type, app_version, double_counting_since
)

select *
from final
order by double_counting_since desc, double_counted_hours desc
