{{ config(**table_design(partition='week_start', cluster=['program_id'])) }}

with

pair_weeks as (
    select * from {{ ref('int_restricted__program_pair_weeks') }}
    where
        week_start <= {{ last_whole_week() }}
        and viewers_of_both >= {{ var('k_anonymity') }}
),

program_weeks as (
    select * from {{ ref('int_viewing__program_weeks') }}
),

service_weeks as (
    select * from {{ ref('int_viewing__service_weeks') }}
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

both_ways as (
    select
        week_start,
        program_id,
        other_program_id,
        viewers_of_both
    from pair_weeks
    union all
    select
        week_start,
        other_program_id as program_id,
        program_id as other_program_id,
        viewers_of_both
    from pair_weeks
),

ranked as (
    select
        *,
        row_number() over (
            partition by week_start, program_id
            order by viewers_of_both desc, other_program_id asc
        ) as pair_rank
    from both_ways
),

final as (
    select
        ranked.week_start,
        ranked.program_id,
        programs.program_title,
        ranked.pair_rank,
        ranked.other_program_id,
        other_programs.program_title as other_program_title,
        ranked.viewers_of_both,
        ranked.viewers_of_both / own.viewers as share_of_viewers,
        -- whole numbers until the last step, so that both sides of a pair are equal
        ranked.viewers_of_both * service_weeks.viewers / (own.viewers * other.viewers)
            as lift
    from ranked
    inner join program_weeks as own
        on
            ranked.week_start = own.week_start
            and ranked.program_id = own.program_id
    inner join program_weeks as other
        on
            ranked.week_start = other.week_start
            and ranked.other_program_id = other.program_id
    inner join service_weeks on ranked.week_start = service_weeks.week_start
    left join programs on ranked.program_id = programs.program_id
    left join programs as other_programs
        on ranked.other_program_id = other_programs.program_id
    where ranked.pair_rank <= {{ var('pairs_shown') }}
)

select * from final
