{%- set window = {'field': 'week_start', 'grain': 'week', 'after': overlap_days()} -%}

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

viewers as (
    select
        week_start,
        program_id,
        uno
    from viewing_weeks
    where valid_views > 0 and program_id != 'UNKNOWN'
),

final as (
    select
        viewers.week_start,
        viewers.program_id,
        other_viewers.program_id as other_program_id,
        count(*) as viewers_of_both
    from viewers
    inner join viewers as other_viewers
        on
            viewers.week_start = other_viewers.week_start
            and viewers.uno = other_viewers.uno
            and viewers.program_id < other_viewers.program_id
    group by viewers.week_start, viewers.program_id, other_viewers.program_id
)

select * from final
