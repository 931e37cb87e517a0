{{ config(materialized='view') }}

with

service_weeks as (
    select * from {{ ref('int_viewing__service_weeks') }}
    where week_start <= {{ last_whole_week() }}
),

program_days as (
    select * from {{ ref('int_viewing__program_days') }}
),

-- a week in which the logs began is not whole
logs as (
    select min(view_date) as first_date
    from program_days
),

program_performance as (
    select * from {{ ref('program_performance_weekly') }}
),

ranked as (
    select
        week_start,
        program_id,
        coalesce(program_title, program_id) as program_name,
        viewers,
        first_views,
        row_number() over (
            partition by week_start
            order by program_id = 'UNKNOWN' asc, viewers desc, program_id asc
        ) as viewers_place,
        row_number() over (
            partition by week_start
            order by program_id = 'UNKNOWN' asc, first_views desc, program_id asc
        ) as first_views_place
    from program_performance
),

programs as (
    select
        week_start,
        cast(sum(first_views) as int64) as first_views,
        max(case when viewers_place = 1 then viewers end) as top_viewers,
        max(case when viewers_place = 1 then program_name end) as top_program,
        max(case when first_views_place = 1 then first_views end) as top_first_views,
        max(case when first_views_place = 1 and first_views > 0 then program_name end)
            as top_first_view_program
    from ranked
    group by week_start
),

final as (
    select
        service_weeks.week_start,
        service_weeks.watched_seconds / 3600 as viewing_hours,
        service_weeks.viewers,
        service_weeks.watched_seconds / 3600 / nullif(service_weeks.viewers, 0)
            as hours_per_viewer,
        service_weeks.views,
        service_weeks.completed_views / nullif(service_weeks.completable_views, 0)
            as completion_rate,
        programs.first_views,
        programs.top_first_views,
        programs.top_first_view_program,
        programs.top_viewers,
        programs.top_program
    from service_weeks
    inner join logs on service_weeks.week_start >= logs.first_date
    left join programs on service_weeks.week_start = programs.week_start
)

select * from final
