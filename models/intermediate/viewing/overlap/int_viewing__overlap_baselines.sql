{%- set history = var('overlap_history_days') -%}
{%- set window = {'field': 'view_date', 'after': history + overlap_days()} -%}

{{ config(**table_design(
    partition='view_date',
    cluster=['device_type', 'app_version'],
    window=window
)) }}

with

overlap_shares as (
    select * from {{ ref('int_viewing__overlap_shares') }}
    where {{ in_window('view_date', window, context=history) }}
),

shown as (
    select * from overlap_shares
    where {{ in_window('view_date', window) }}
),

-- a day on which time was counted twice teaches nothing
sound as (
    select * from overlap_shares
    where is_large_enough and overlap_share <= peers_share + tolerance
),

earlier as (
    select
        shown.view_date,
        shown.device_type,
        shown.app_version,
        sound.overlap_share,
        row_number() over (
            partition by shown.view_date, shown.device_type, shown.app_version
            order by sound.overlap_share, sound.view_date
        ) as place,
        count(*) over (
            partition by shown.view_date, shown.device_type, shown.app_version
        ) as places
    from shown
    inner join sound
        on
            shown.device_type = sound.device_type
            and shown.app_version = sound.app_version
    where {{ days_between('sound.view_date', 'shown.view_date') }} between 1 and {{ history }}
),

medians as (
    select
        view_date,
        device_type,
        app_version,
        avg(overlap_share) as own_share
    from earlier
    where
        places >= {{ var('overlap_minimum_days') }}
        and place in ({{ middle_places('places') }})
    group by view_date, device_type, app_version
),

final as (
    select
        shown.view_date,
        shown.device_type,
        shown.app_version,
        shown.views,
        shown.reported_seconds,
        shown.watched_seconds,
        shown.overlap_seconds,
        shown.excess_seconds,
        shown.overlap_share,
        shown.is_large_enough,
        shown.peers_share,
        medians.own_share,
        shown.tolerance
    from shown
    left join medians
        on
            shown.view_date = medians.view_date
            and shown.device_type = medians.device_type
            and shown.app_version = medians.app_version
)

select * from final
