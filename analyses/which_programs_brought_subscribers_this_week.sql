-- Which programmes brought subscribers in the last seven closed days, and how many of
-- those subscribers watched the programme first of all?
with

first_views_daily as (
    select * from {{ ref('first_views_daily') }}
),

last_week as (
    select
        program_id,
        program_title,
        sum(first_views) as first_views,
        sum(new_first_views) as new_first_views,
        sum(returned_first_views) as returned_first_views,
        sum(first_program_subscribers) as first_program_subscribers
    from first_views_daily
    where
        {{ days_between('subscription_date', last_closed_day()) }} between 0 and 6
        and first_views > 0
    group by program_id, program_title
),

final as (
    select
        program_title,
        first_views,
        new_first_views,
        returned_first_views,
        first_program_subscribers,
        rank() over (order by first_views desc) as first_view_rank
    from last_week
)

select *
from final
where first_view_rank <= 20
order by first_view_rank, program_title
