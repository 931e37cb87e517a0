/*
**What is this test?** New viewers of a programme over all weeks are the distinct accounts
that ever had a valid view of it: each is new once, in the week of its first valid view, and
nobody without one. In a daily run the views are those of the weeks that it rewrote. The
rows by staying count the viewers of the week.
**When is this important to resolve?** At once: an account is new twice, or never.
**How to resolve?** Compare `int_restricted__first_viewing_weeks` with the plays; a backfill
of the first week that differs settles all weeks after it.
*/
{%- set weeks = {'field': 'week_start', 'grain': 'week', 'after': overlap_days()} -%}
{%- set days = {'field': 'view_date', 'before': 6, 'after': 6 + overlap_days()} %}

with

first_weeks as (
    select
        program_id,
        uno,
        min(week_start) as week_start,
        count(*) as times
    from {{ ref('int_restricted__first_viewing_weeks') }}
    group by program_id, uno
),

views as (
    select
        program_id,
        uno,
        {{ week_start('view_date') }} as week_start
    from {{ ref('int_restricted__plays') }}
    where is_valid_view and {{ is_tested_date('view_date', days) }}
),

viewers as (
    select distinct
        program_id,
        uno,
        week_start
    from views
    where {{ is_tested_date('week_start', weeks) }}
),

new_twice as (
    select program_id
    from first_weeks
    where times > 1
),

new_never_or_late as (
    select viewers.program_id
    from viewers
    left join first_weeks
        on viewers.program_id = first_weeks.program_id and viewers.uno = first_weeks.uno
    where coalesce(first_weeks.week_start > viewers.week_start, true)
),

new_without_a_view as (
    select first_weeks.program_id
    from first_weeks
    left join viewers
        on
            first_weeks.program_id = viewers.program_id
            and first_weeks.uno = viewers.uno
            and first_weeks.week_start = viewers.week_start
    where
        {{ is_tested_date('first_weeks.week_start', weeks) }}
        and viewers.uno is null
),

new_accounts as (
    select
        week_start,
        program_id,
        count(*) as new_viewers
    from first_weeks
    group by week_start, program_id
),

added_up_otherwise as (
    select program_weeks.program_id
    from {{ ref('int_viewing__program_weeks') }} as program_weeks
    left join new_accounts
        on
            program_weeks.week_start = new_accounts.week_start
            and program_weeks.program_id = new_accounts.program_id
    where program_weeks.new_viewers != coalesce(new_accounts.new_viewers, 0)
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
select * from new_never_or_late
union all
select * from new_without_a_view
union all
select * from added_up_otherwise
union all
select * from counted_otherwise
