-- Which genres lost time and views in the last four whole weeks, against the four before?
-- Viewers do not add up over programmes, so the question is asked of time and views.
with

weeks as (
    select
        coalesce(genre, 'UNKNOWN') as genre,
        watched_seconds,
        views,
        {{ days_between('week_start', last_whole_week()) }} < 28 as is_recent
    from {{ ref('program_performance_weekly') }}
    where {{ days_between('week_start', last_whole_week()) }} < 56
),

genres as (
    select
        genre,
        sum(case when is_recent then watched_seconds else 0 end) / 3600 as hours,
        sum(case when is_recent then 0 else watched_seconds end) / 3600 as hours_before,
        sum(case when is_recent then views else 0 end) as views,
        sum(case when is_recent then 0 else views end) as views_before
    from weeks
    group by genre
),

final as (
    select
        genre,
        hours,
        hours_before,
        (hours - hours_before) / nullif(hours_before, 0) as hours_change_rate,
        views,
        views_before,
        (views - views_before) / nullif(views_before, 0) as views_change_rate
    from genres
)

select *
from final
order by hours_change_rate asc, genre asc
