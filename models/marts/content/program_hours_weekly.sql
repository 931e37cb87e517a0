{%- set window = {'field': 'week_start', 'grain': 'week', 'after': overlap_days()} -%}

{{ config(**view_design(window=window)) }}

with

hour_weeks as (
    select * from {{ ref('int_viewing__program_hour_weeks') }}
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

final as (
    select
        hour_weeks.week_start,
        hour_weeks.program_id,
        programs.program_title,
        hour_weeks.weekday_number,
        hour_weeks.start_hour,
        hour_weeks.views,
        hour_weeks.valid_views,
        hour_weeks.watched_seconds
    from hour_weeks
    left join programs on hour_weeks.program_id = programs.program_id
    where hour_weeks.week_start <= {{ last_whole_week() }}
)

select * from final
