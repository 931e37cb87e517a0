/*
**What is this test?** New viewers of a programme over all weeks are the distinct accounts
that ever had a valid view of it, and the rows by staying count the viewers of the week.
**When is this important to resolve?** At once: an account is new twice, or never.
**How to resolve?** Compare `int_restricted__first_viewing_weeks` with the plays; a backfill
of the first week that differs settles all weeks after it.
*/
with

new_viewers as (
    select
        program_id,
        sum(new_viewers) as new_viewers
    from {{ ref('int_viewing__program_weeks') }}
    group by program_id
),

plays as (
    select
        program_id,
        count(distinct hash_uno) as viewers
    from {{ ref('int_viewing__plays') }}
    where is_valid_view and view_date <= {{ last_closed_day() }}
    group by program_id
),

new_twice as (
    select new_viewers.program_id
    from new_viewers
    left join plays on new_viewers.program_id = plays.program_id
    where new_viewers.new_viewers != coalesce(plays.viewers, 0)
),

counted_otherwise as (
    select staying.program_id
    from {{ ref('int_restricted__program_staying_weeks') }} as staying
    left join {{ ref('int_viewing__program_weeks') }} as program_weeks
        on
            staying.week_start = program_weeks.week_start
            and staying.program_id = program_weeks.program_id
    where staying.viewers is distinct from program_weeks.viewers
)

select * from new_twice
union all
select * from counted_otherwise
