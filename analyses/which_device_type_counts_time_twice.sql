-- By month and device type: what share of the time that players report was counted twice
-- on one device? A device type far above the others has a broken player.
with

viewing_daily as (
    select * from {{ ref('viewing_daily') }}
),

monthly as (
    select
        extract(year from view_date) as view_year,
        extract(month from view_date) as view_month,
        device_type,
        sum(reported_seconds) as reported_seconds,
        sum(overlap_seconds) as overlap_seconds
    from viewing_daily
    where view_date <= {{ last_closed_day() }}
    group by extract(year from view_date), extract(month from view_date), device_type
),

final as (
    select
        view_year,
        view_month,
        device_type,
        reported_seconds / 3600 as reported_hours,
        overlap_seconds / 3600 as overlap_hours,
        overlap_seconds / nullif(reported_seconds, 0) as overlap_share
    from monthly
)

select *
from final
order by view_year asc, view_month asc, overlap_share desc
