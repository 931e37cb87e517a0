{%- set window = {'field': 'view_date', 'after': overlap_days()} -%}

{{ config(**view_design(window=window)) }}

with

program_days as (
    select * from {{ ref('int_viewing__program_days') }}
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

final as (
    select
        program_days.view_date,
        program_days.program_id,
        programs.program_title,
        programs.genre,
        program_days.content_type,
        program_days.device_type,
        program_days.views,
        program_days.valid_views,
        program_days.completed_views,
        program_days.viewers,
        program_days.watched_seconds,
        program_days.reported_seconds,
        program_days.overlap_seconds,
        program_days.excess_seconds
    from program_days
    left join programs on program_days.program_id = programs.program_id
)

select * from final
