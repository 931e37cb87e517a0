{%- set history = var('overlap_history_days') -%}
{%- set window = {'field': 'view_date', 'after': history + overlap_days()} -%}

{{ config(**table_design(
    partition='view_date',
    window=window
)) }}

with

overlap_shares as (
    select * from {{ ref('int_viewing__overlap_shares') }}
    where {{ in_window('view_date', window, context=history) }}
),

ranked as (
    select
        view_date,
        overlap_share,
        row_number() over (
            partition by view_date
            order by overlap_share, device_type, app_version
        ) as place,
        count(*) over (partition by view_date) as places
    from overlap_shares
    where is_large_enough
),

day_medians as (
    select
        view_date,
        avg(overlap_share) as day_share
    from ranked
    where place in ({{ middle_places('places') }})
    group by view_date
),

shown as (
    select * from day_medians
    where {{ in_window('view_date', window) }}
),

earlier as (
    select
        shown.view_date,
        day_medians.day_share,
        row_number() over (
            partition by shown.view_date
            order by day_medians.day_share, day_medians.view_date
        ) as place,
        count(*) over (partition by shown.view_date) as places
    from shown
    inner join day_medians on shown.view_date > day_medians.view_date
    where {{ days_between('day_medians.view_date', 'shown.view_date') }} <= {{ history }}
),

earlier_medians as (
    select
        view_date,
        avg(day_share) as earlier_share
    from earlier
    where
        places >= {{ var('overlap_minimum_days') }}
        and place in ({{ middle_places('places') }})
    group by view_date
),

-- a release that counts twice on every device lifts the day's own median with it
final as (
    select
        shown.view_date,
        shown.day_share,
        earlier_medians.earlier_share,
        least(
            shown.day_share,
            coalesce(earlier_medians.earlier_share, shown.day_share)
        ) as peers_share
    from shown
    left join earlier_medians on shown.view_date = earlier_medians.view_date
)

select * from final
