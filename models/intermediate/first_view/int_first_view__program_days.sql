{%- set window = {'field': 'subscription_date', 'after': 7 + overlap_days()} -%}

{{ config(**table_design(
    partition='subscription_date',
    cluster=['program_id'],
    window=window
)) }}

with

-- the week before is read with the window
views as (
    select * from {{ ref('int_first_view__views') }}
    where
        {{ in_window(date_plus('subscription_date', 7), window) }}
        or {{ in_window('subscription_date', window) }}
),

starts as (
    select * from {{ ref('int_restricted__first_view_starts') }}
    where {{ in_window('subscription_date', window) }}
),

starts_counted as (
    select
        subscription_date,
        count(*) as subscribers_on_date
    from starts
    group by subscription_date
),

views_counted as (
    select
        subscription_date,
        program_id,
        count(*) as first_views,
        cast(countif(is_new) as int64) as new_first_views,
        cast(countif(not is_new) as int64) as returned_first_views,
        cast(countif(is_first_program) as int64) as first_program_subscribers
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

-- a programme of D is compared in the report of D + 7, even where it is absent there
reported as (
    select
        subscription_date,
        program_id
    from views_counted
    union distinct
    select
        {{ date_plus('subscription_date', 7) }} as subscription_date,
        program_id
    from views_counted
),

compared as (
    select
        reported.subscription_date,
        reported.program_id,
        coalesce(now.first_views, 0) as first_views,
        coalesce(now.new_first_views, 0) as new_first_views,
        coalesce(now.returned_first_views, 0) as returned_first_views,
        coalesce(now.first_program_subscribers, 0) as first_program_subscribers,
        coalesce(starts_counted.subscribers_on_date, 0) as subscribers_on_date,
        now.first_view_rank,
        coalesce(week_ago.first_views, 0) as first_views_week_ago,
        week_ago.first_view_rank as first_view_rank_week_ago
    from reported
    left join views_ranked as now
        on
            reported.subscription_date = now.subscription_date
            and reported.program_id = now.program_id
    left join views_ranked as week_ago
        on
            reported.subscription_date
            = {{ date_plus('week_ago.subscription_date', 7) }}
            and reported.program_id = week_ago.program_id
    left join starts_counted
        on reported.subscription_date = starts_counted.subscription_date
    where {{ in_window('reported.subscription_date', window) }}
),

final as (
    select
        subscription_date,
        program_id,
        first_views,
        new_first_views,
        returned_first_views,
        first_program_subscribers,
        subscribers_on_date,
        first_views / nullif(subscribers_on_date, 0) as share,
        first_view_rank,
        first_views_week_ago,
        first_views - first_views_week_ago as first_views_change,
        (first_views - first_views_week_ago) / nullif(first_views_week_ago, 0)
            as first_views_change_rate,
        first_view_rank_week_ago,
        first_view_rank_week_ago - first_view_rank as first_view_rank_change
    from compared
)

select * from final
