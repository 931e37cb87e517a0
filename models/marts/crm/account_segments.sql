{%- set window = segment_window() -%}

{{ config(**view_design(window=window)) }}

with

account_snapshots as (
    select * from {{ ref('int_crm__account_snapshots') }}
),

final as (
    select
        as_of_date,
        hash_uno,
        lifecycle,
        is_withdrawn,
        member_days,
        days_since_view,
        view_days,
        watched_seconds,
        recency_quintile,
        frequency_quintile,
        hours_quintile,
        favourite_genre,
        favourite_device_type,
        favourite_hour,
        is_binge_viewer
    from account_snapshots
)

select * from final
