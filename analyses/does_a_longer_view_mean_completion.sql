-- Are programmes of long episodes finished less often? Completion in the last quarter by the
-- minutes that a view of the programme lasts on average.
with

programs as (
    select
        program_id,
        sum(watched_seconds) / nullif(sum(views), 0) / 60 as minutes_per_view,
        sum(views) as views,
        sum(completed_views) as completed_views
    from {{ ref('program_performance_weekly') }}
    where
        {{ days_between('week_start', last_whole_week()) }} < 91
        and completion_rate is not null
    group by program_id
),

banded as (
    select
        case
            when minutes_per_view < 10 then '1: under 10 minutes'
            when minutes_per_view < 20 then '2: 10 to 20'
            when minutes_per_view < 40 then '3: 20 to 40'
            else '4: 40 and more'
        end as view_length,
        views,
        completed_views
    from programs
),

final as (
    select
        view_length,
        count(*) as programs,
        sum(views) as views,
        sum(completed_views) / nullif(sum(views), 0) as completed_share
    from banded
    group by view_length
)

select *
from final
order by view_length
