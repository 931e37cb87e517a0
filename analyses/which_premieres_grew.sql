-- Of the programmes that were first played in the last thirteen whole weeks: did viewers
-- come back for the second and the fourth week, or did the premiere burn out?
with

performance as (
    select * from {{ ref('program_performance_weekly') }}
    where program_id != 'UNKNOWN'
),

premieres as (
    select
        program_id,
        min(week_start) as premiere_week
    from performance
    group by program_id
    having {{ days_between('min(week_start)', last_whole_week()) }} < 91
),

weeks as (
    select
        performance.program_id,
        performance.program_title,
        performance.genre,
        premieres.premiere_week,
        performance.viewers,
        performance.first_views,
        {{ days_between('premieres.premiere_week', 'performance.week_start') }} as days_since
    from performance
    inner join premieres on performance.program_id = premieres.program_id
),

final as (
    select
        premiere_week,
        program_id,
        program_title,
        genre,
        sum(case when days_since = 0 then viewers else 0 end) as viewers_first_week,
        -- a week that is not over is null, not zero
        case
            when {{ days_between('premiere_week', last_whole_week()) }} >= 7
                then sum(case when days_since = 7 then viewers else 0 end)
        end as viewers_second_week,
        case
            when {{ days_between('premiere_week', last_whole_week()) }} >= 21
                then sum(case when days_since = 21 then viewers else 0 end)
        end as viewers_fourth_week,
        sum(first_views) as first_views_so_far
    from weeks
    group by premiere_week, program_id, program_title, genre
)

select
    *,
    viewers_second_week / nullif(viewers_first_week, 0) as second_to_first
from final
order by second_to_first desc nulls last, program_id asc
