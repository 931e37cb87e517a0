{%- set window = {'field': 'view_date', 'after': overlap_days()} -%}

{{ config(materialized='view', meta={'window': window}) }}

with

overlap_days as (
    select * from {{ ref('int_viewing__overlap_days') }}
),

-- the time that passed by the players' own clocks, whether it counts once or again
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
        overlap_seconds / nullif(watched_seconds + overlap_seconds, 0) as overlap_share,
        views >= {{ var('overlap_minimum_views') }}
        and watched_seconds + overlap_seconds > 0 as is_large_enough,
        {{ overlap_tolerance('views') }} as tolerance
    from overlap_days
)

select * from final
