-- first_views_daily as an analyst would first write it.
with

starts as (
    select
        started_on as subscription_date,
        uno,
        min(started_at) as started_at,
        bool_or(spell_number = 1) as is_new
    from spells
    where
        level = 'sales_type'
        and level_sales_type = 'B2C'
        and started_on <= cast(getvariable('run_date') as date)
    group by started_on, uno
),

starts_counted as (
    select
        subscription_date,
        count(*) as subscribers_on_date
    from starts
    group by subscription_date
),

counting_plays as (
    select
        starts.subscription_date,
        starts.uno,
        starts.is_new,
        plays.program_id,
        plays.log_id,
        plays.started_at,
        plays.started_at >= starts.started_at as is_after_start
    from starts
    inner join plays
        on
            starts.uno = plays.uno
            and starts.subscription_date = plays.view_date
    where
        plays.watched_seconds >= 30
        and plays.content_type in ('VOD', 'MOVIE')
        and plays.charge_type in ('SVOD', 'TVOD')
        and plays.program_id != 'UNKNOWN'
),

plays_ranked as (
    select
        *,
        row_number() over (
            partition by subscription_date, uno, is_after_start
            order by started_at, log_id
        ) as play_number
    from counting_plays
),

views as (
    select
        subscription_date,
        program_id,
        uno,
        bool_or(is_new) as is_new,
        bool_or(is_after_start and play_number = 1) as is_first_program
    from plays_ranked
    group by subscription_date, program_id, uno
),

views_counted as (
    select
        subscription_date,
        program_id,
        count(*) as first_views,
        count(*) filter (where is_new) as new_first_views,
        count(*) filter (where not is_new) as returned_first_views,
        count(*) filter (where is_first_program) as first_program_subscribers
    from views
    group by subscription_date, program_id
),

views_ranked as (
    select
        *,
        rank() over (
            partition by subscription_date
            order by first_views desc
        ) as first_view_rank
    from views_counted
),

reported as (
    select
        subscription_date,
        program_id
    from views_counted
    union
    select
        subscription_date + 7 as subscription_date,
        program_id
    from views_counted
    where subscription_date + 7 <= cast(getvariable('run_date') as date)
),

compared as (
    select
        reported.subscription_date,
        reported.program_id,
        coalesce(today.first_views, 0) as first_views,
        coalesce(today.new_first_views, 0) as new_first_views,
        coalesce(today.returned_first_views, 0) as returned_first_views,
        coalesce(today.first_program_subscribers, 0) as first_program_subscribers,
        coalesce(starts_counted.subscribers_on_date, 0) as subscribers_on_date,
        today.first_view_rank,
        coalesce(week_ago.first_views, 0) as first_views_week_ago,
        week_ago.first_view_rank as first_view_rank_week_ago
    from reported
    left join views_ranked as today
        on
            reported.subscription_date = today.subscription_date
            and reported.program_id = today.program_id
    left join views_ranked as week_ago
        on
            reported.subscription_date = week_ago.subscription_date + 7
            and reported.program_id = week_ago.program_id
    left join starts_counted
        on reported.subscription_date = starts_counted.subscription_date
)

select
    compared.subscription_date,
    compared.program_id,
    programs.program_title,
    compared.first_views,
    compared.new_first_views,
    compared.returned_first_views,
    compared.first_program_subscribers,
    compared.subscribers_on_date,
    compared.first_views / nullif(compared.subscribers_on_date, 0) as share,
    compared.first_view_rank,
    compared.first_views_week_ago,
    compared.first_views - compared.first_views_week_ago as first_views_change,
    (compared.first_views - compared.first_views_week_ago)
    / nullif(compared.first_views_week_ago, 0) as first_views_change_rate,
    compared.first_view_rank_week_ago,
    compared.first_view_rank_week_ago - compared.first_view_rank as first_view_rank_change
from compared
left join programs on compared.program_id = programs.program_id
