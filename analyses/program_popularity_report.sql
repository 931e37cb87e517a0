-- Why is this show loved? Of one programme (variable `report_program`, without rows if
-- nobody watched it; else the one with most viewers in the last whole week): where its
-- viewers come from, who they are, when they watch and on what, what else they watch, how it
-- is binged, and all that against its genre.
with

performance as (
    select * from {{ ref('program_performance_weekly') }}
),

-- who stays is known four weeks later, so it is asked of the viewers of four weeks ago
weeks as (
    select
        performance.week_start,
        performance.program_id,
        performance.program_title,
        performance.genre,
        performance.viewers,
        performance.new_viewers,
        performance.binge_viewers,
        performance.first_views,
        performance.watched_seconds,
        performance.completion_rate,
        four_weeks_ago.staying_share
    from performance
    left join performance as four_weeks_ago
        on
            performance.week_start = {{ date_plus('four_weeks_ago.week_start', 28) }}
            and performance.program_id = four_weeks_ago.program_id
    where performance.week_start = {{ last_whole_week() }}
),

chosen as (
    select
        *,
        row_number() over (order by viewers desc, program_id asc) as place
    from weeks
    where
        program_id != 'UNKNOWN'
        and '{{ var("report_program") }}' in ('', program_id)
),

program as (
    select * from chosen
    where place = 1
),

genre as (
    select
        sum(weeks.watched_seconds) / nullif(sum(weeks.viewers), 0) / 3600
            as hours_per_viewer,
        sum(weeks.binge_viewers) / nullif(sum(weeks.viewers), 0) as binge_share,
        sum(weeks.new_viewers) / nullif(sum(weeks.viewers), 0) as new_share,
        sum(weeks.first_views) / nullif(sum(weeks.viewers), 0) as first_views_per_viewer,
        avg(weeks.completion_rate) as completion_rate,
        avg(weeks.staying_share) as staying_share
    from weeks
    inner join program on weeks.genre = program.genre
),

against_genre as (
    select
        'new viewers, share' as item,
        1 as place,
        program.new_viewers / nullif(program.viewers, 0) as figure,
        genre.new_share as genre_figure
    from program
    cross join genre
    union all
    select
        'First Views per viewer' as item,
        2 as place,
        program.first_views / nullif(program.viewers, 0) as figure,
        genre.first_views_per_viewer as genre_figure
    from program
    cross join genre
    union all
    select
        'hours per viewer' as item,
        3 as place,
        program.watched_seconds / nullif(program.viewers, 0) / 3600 as figure,
        genre.hours_per_viewer as genre_figure
    from program
    cross join genre
    union all
    select
        'binge viewers, share' as item,
        4 as place,
        program.binge_viewers / nullif(program.viewers, 0) as figure,
        genre.binge_share as genre_figure
    from program
    cross join genre
    union all
    select
        'completion rate' as item,
        5 as place,
        program.completion_rate as figure,
        genre.completion_rate as genre_figure
    from program
    cross join genre
    union all
    select
        'of its viewers four weeks ago still subscribed, share' as item,
        6 as place,
        program.staying_share as figure,
        genre.staying_share as genre_figure
    from program
    cross join genre
),

audience as (
    select audience_weekly.*
    from {{ ref('program_audience_weekly') }} as audience_weekly
    inner join program
        on
            audience_weekly.week_start = program.week_start
            and audience_weekly.program_id = program.program_id
),

hours as (
    select
        hours_weekly.weekday_number,
        hours_weekly.start_hour,
        hours_weekly.watched_seconds / program.watched_seconds as figure,
        row_number() over (
            order by
                hours_weekly.watched_seconds desc,
                hours_weekly.weekday_number asc,
                hours_weekly.start_hour asc
        ) as place
    from {{ ref('program_hours_weekly') }} as hours_weekly
    inner join program
        on
            hours_weekly.week_start = program.week_start
            and hours_weekly.program_id = program.program_id
    where hours_weekly.watched_seconds > 0
),

pairs as (
    select pairs_weekly.*
    from {{ ref('program_pairs_weekly') }} as pairs_weekly
    inner join program
        on
            pairs_weekly.week_start = program.week_start
            and pairs_weekly.program_id = program.program_id
),

report as (
    select
        '1 against its genre' as section,
        place,
        item,
        figure,
        genre_figure as compared_with
    from against_genre
    union all
    select
        concat('2 who, by ', dimension) as section,
        row_number() over (partition by dimension order by dimension_value) as place,
        dimension_value as item,
        viewers_share as figure,
        null as compared_with
    from audience
    union all
    select
        '3 when: weekday and hour, share of its time' as section,
        place,
        concat(cast(weekday_number as string), ' ', cast(start_hour as string), ':00') as item,
        figure,
        null as compared_with
    from hours
    where place <= 5
    union all
    select
        '4 what else: share of its viewers, and lift' as section,
        pair_rank as place,
        coalesce(other_program_title, other_program_id) as item,
        share_of_viewers as figure,
        lift as compared_with
    from pairs
)

select
    program.week_start,
    program.program_id,
    program.program_title,
    program.genre,
    report.section,
    report.item,
    report.figure,
    report.compared_with
from report
cross join program
order by report.section, report.place
