{%- set window = {'field': 'week_start', 'grain': 'week', 'after': overlap_days()} -%}

{{ config(**table_design(partition='week_start', window=window)) }}

with

viewing_weeks as (
    select * from {{ ref('int_restricted__viewing_weeks') }}
    where {{ in_window('week_start', window) }}
),

accounts as (
    select
        week_start,
        uno,
        max(case when valid_views > 0 then 1 else 0 end) as is_viewer,
        sum(views) as views,
        sum(completable_views) as completable_views,
        sum(completed_views) as completed_views,
        sum(watched_seconds) as watched_seconds
    from viewing_weeks
    group by week_start, uno
),

final as (
    select
        week_start,
        cast(sum(is_viewer) as int64) as viewers,
        cast(sum(views) as int64) as views,
        cast(sum(completable_views) as int64) as completable_views,
        cast(sum(completed_views) as int64) as completed_views,
        cast(sum(watched_seconds) as int64) as watched_seconds
    from accounts
    group by week_start
)

select * from final
