{#- who is new follows from all weeks before, so a backfill reaches the last closed day -#}
{%- set window = {'field': 'week_start', 'grain': 'week', 'until': 'run_date'} -%}

{{ config(**table_design(
    partition='week_start',
    cluster=['program_id'],
    window=window
)) }}

with

viewing_weeks as (
    select * from {{ ref('int_restricted__viewing_weeks') }}
    where {{ in_window('week_start', window) }}
),

first_viewing_weeks as (
    select * from {{ ref('int_restricted__first_viewing_weeks') }}
    where {{ in_window('week_start', window) }}
),

new_viewers as (
    select
        week_start,
        program_id,
        count(*) as new_viewers
    from first_viewing_weeks
    group by week_start, program_id
),

counted as (
    select
        week_start,
        program_id,
        cast(countif(valid_views > 0) as int64) as viewers,
        cast(countif(valid_views >= {{ var('binge_episodes') }}) as int64)
            as binge_viewers,
        cast(sum(views) as int64) as views,
        cast(sum(valid_views) as int64) as valid_views,
        cast(sum(completable_views) as int64) as completable_views,
        cast(sum(completed_views) as int64) as completed_views,
        cast(sum(watched_seconds) as int64) as watched_seconds
    from viewing_weeks
    group by week_start, program_id
),

final as (
    select
        counted.week_start,
        counted.program_id,
        -- programmes alone are ranked: UNKNOWN is none
        case
            when counted.program_id != 'UNKNOWN' and counted.viewers > 0
                then rank() over (
                    partition by counted.week_start, counted.program_id = 'UNKNOWN'
                    order by counted.viewers desc
                )
        end as viewers_rank,
        counted.viewers,
        coalesce(new_viewers.new_viewers, 0) as new_viewers,
        counted.binge_viewers,
        counted.views,
        counted.valid_views,
        counted.completable_views,
        counted.completed_views,
        counted.watched_seconds
    from counted
    left join new_viewers
        on
            counted.week_start = new_viewers.week_start
            and counted.program_id = new_viewers.program_id
)

select * from final
