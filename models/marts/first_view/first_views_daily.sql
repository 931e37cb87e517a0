{%- set window = {'field': 'subscription_date', 'after': 7 + overlap_days()} -%}

{{ config(**view_design(window=window)) }}

with

program_days as (
    select * from {{ ref('int_first_view__program_days') }}
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

final as (
    select
        program_days.subscription_date,
        program_days.program_id,
        programs.program_title,
        program_days.first_views,
        program_days.new_first_views,
        program_days.returned_first_views,
        program_days.first_program_subscribers,
        program_days.subscribers_on_date,
        program_days.share,
        program_days.first_view_rank,
        program_days.first_views_week_ago,
        program_days.first_views_change,
        program_days.first_views_change_rate,
        program_days.first_view_rank_week_ago,
        program_days.first_view_rank_change
    from program_days
    left join programs on program_days.program_id = programs.program_id
)

select * from final
