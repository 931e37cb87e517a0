-- Whom does each genre reach? Viewers by age band over the programmes and weeks of the last
-- quarter, a viewer once per programme and week. What is hidden in OTHER stays there, so the
-- shares are of the cells that are shown.
with

audience as (
    select * from {{ ref('program_audience_weekly') }}
    where
        dimension = 'age_band'
        and {{ days_between('week_start', last_whole_week()) }} < 91
),

genres as (
    select
        week_start,
        program_id,
        coalesce(genre, 'UNKNOWN') as genre
    from {{ ref('program_performance_weekly') }}
),

summed as (
    select
        genres.genre,
        audience.dimension_value as age_band,
        sum(audience.viewers) as viewer_weeks
    from audience
    inner join genres
        on
            audience.week_start = genres.week_start
            and audience.program_id = genres.program_id
    group by genres.genre, audience.dimension_value
),

final as (
    select
        genre,
        age_band,
        viewer_weeks,
        viewer_weeks / nullif(sum(viewer_weeks) over (partition by genre), 0)
            as share_of_genre
    from summed
)

select *
from final
order by genre, age_band
