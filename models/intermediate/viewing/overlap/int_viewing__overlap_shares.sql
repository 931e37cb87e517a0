{%- set window = {'field': 'view_date', 'after': overlap_days()} -%}

{{ config(materialized='view', meta={'window': window}) }}

with

overlap_days as (
    select * from {{ ref('int_viewing__overlap_days') }}
),

-- the time that passed by the players' own clocks, whether it counts once or again
shares as (
    select
        *,
        overlap_seconds / nullif(watched_seconds + overlap_seconds, 0) as overlap_share,
        views >= {{ var('overlap_minimum_views') }}
        and watched_seconds + overlap_seconds > 0 as is_large_enough
    from overlap_days
),

ranked as (
    select
        *,
        row_number() over (
            partition by view_date, is_large_enough
            order by overlap_share, device_type, app_version
        ) as place,
        count(*) over (partition by view_date, is_large_enough) as places
    from shares
),

middles as (
    select
        *,
        is_large_enough and place in ({{ middle_places('places') }}) as is_middle
    from ranked
),

final as (
    select
        view_date,
        device_type,
        app_version,
        views,
        reported_seconds,
        watched_seconds,
        overlap_seconds,
        excess_seconds,
        overlap_share,
        is_large_enough,
        avg(case when is_middle then overlap_share end) over (partition by view_date)
            as peers_share,
        {{ overlap_tolerance('views') }} as tolerance
    from middles
)

select * from final
