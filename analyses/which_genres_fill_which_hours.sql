-- When is each genre watched? Its time of the last four whole weeks by part of the day, and
-- by working day or weekend.
with

hours as (
    select * from {{ ref('program_hours_weekly') }}
    where {{ days_between('week_start', last_whole_week()) }} < 28
),

genres as (
    select
        week_start,
        program_id,
        coalesce(genre, 'UNKNOWN') as genre
    from {{ ref('program_performance_weekly') }}
),

parts as (
    select
        genres.genre,
        case when hours.weekday_number >= 6 then 'weekend' else 'working day' end as day_kind,
        case
            when hours.start_hour < 6 then '0 night'
            when hours.start_hour < 12 then '1 morning'
            when hours.start_hour < 18 then '2 afternoon'
            else '3 evening'
        end as day_part,
        hours.watched_seconds
    from hours
    inner join genres
        on
            hours.week_start = genres.week_start
            and hours.program_id = genres.program_id
),

summed as (
    select
        genre,
        day_kind,
        day_part,
        sum(watched_seconds) / 3600 as hours
    from parts
    group by genre, day_kind, day_part
),

final as (
    select
        genre,
        day_kind,
        day_part,
        hours,
        hours / nullif(sum(hours) over (partition by genre), 0) as share_of_genre
    from summed
)

select *
from final
order by genre asc, day_kind desc, day_part asc
