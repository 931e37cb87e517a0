{{ config(**table_design(partition='week_start', cluster=['program_id'])) }}

with

program_weeks as (
    select * from {{ ref('int_viewing__program_weeks') }}
),

main_devices as (
    select * from {{ ref('int_viewing__main_devices') }}
),

first_view_days as (
    select * from {{ ref('int_first_view__program_days') }}
),

staying_weeks as (
    select * from {{ ref('int_restricted__program_staying_weeks') }}
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

first_view_weeks as (
    select
        {{ week_start('subscription_date') }} as week_start,
        program_id,
        cast(sum(first_views) as int64) as first_views
    from first_view_days
    group by {{ week_start('subscription_date') }}, program_id
),

final as (
    select
        now.week_start,
        now.program_id,
        programs.program_title,
        programs.genre,
        now.viewers_rank,
        now.viewers,
        now.new_viewers,
        now.binge_viewers,
        now.views,
        now.valid_views,
        now.completed_views,
        now.completed_views / nullif(now.completable_views, 0) as completion_rate,
        now.watched_seconds,
        coalesce(first_view_weeks.first_views, 0) as first_views,
        main_devices.main_device_type,
        main_devices.main_device_share,
        -- of few accounts the share would tell what a single one did
        case
            when staying_weeks.subscribed_viewers >= {{ var('k_anonymity') }}
                then staying_weeks.staying_viewers / staying_weeks.subscribed_viewers
        end as staying_share,
        coalesce(week_ago.viewers, 0) as viewers_week_ago,
        now.viewers - coalesce(week_ago.viewers, 0) as viewers_change,
        (now.viewers - week_ago.viewers) / nullif(week_ago.viewers, 0)
            as viewers_change_rate,
        coalesce(week_ago.watched_seconds, 0) as watched_seconds_week_ago,
        week_ago.viewers_rank as viewers_rank_week_ago,
        week_ago.viewers_rank - now.viewers_rank as viewers_rank_change
    from program_weeks as now
    left join program_weeks as week_ago
        on
            now.week_start = {{ date_plus('week_ago.week_start', 7) }}
            and now.program_id = week_ago.program_id
    left join main_devices
        on
            now.week_start = main_devices.week_start
            and now.program_id = main_devices.program_id
    left join first_view_weeks
        on
            now.week_start = first_view_weeks.week_start
            and now.program_id = first_view_weeks.program_id
    left join staying_weeks
        on
            now.week_start = staying_weeks.week_start
            and now.program_id = staying_weeks.program_id
    left join programs on now.program_id = programs.program_id
    where now.week_start <= {{ last_whole_week() }}
)

select * from final
