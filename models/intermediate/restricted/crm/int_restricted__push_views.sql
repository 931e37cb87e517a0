{%- set window = {'field': 'view_date', 'after': overlap_days()} -%}

{{ config(**table_design(
    partition='view_date',
    cluster=['campaign_id', 'uno'],
    window=window
)) }}

with

-- the pushes of the day before the window are watched on its first day
pushes as (
    select * from {{ ref('int_restricted__pushes') }}
    where {{ started_in_window('pushed_at', window, context=1) }}
),

campaigns as (
    select * from {{ ref('int_restricted__push_campaigns_judged') }}
    where outcome = 'kept'
),

watched_plays as (
    select * from {{ ref('int_restricted__watched_plays') }}
    where {{ in_window('view_date', window) }}
),

contents as (
    select * from {{ ref('int_content__contents') }}
),

addressed as (
    select
        pushes.campaign_id,
        pushes.uno,
        pushes.pushed_at,
        campaigns.program_id
    from pushes
    inner join campaigns on pushes.campaign_id = campaigns.campaign_id
),

plays as (
    select
        watched_plays.view_date,
        watched_plays.uno,
        watched_plays.started_at,
        contents.program_id
    from watched_plays
    inner join contents on watched_plays.content_id = contents.content_id
    where {{ is_valid_view('watched_plays.watched_seconds') }}
),

final as (
    select
        plays.view_date,
        addressed.campaign_id,
        addressed.uno,
        min(plays.started_at) as first_started_at
    from plays
    inner join addressed
        on
            plays.uno = addressed.uno
            and plays.program_id = addressed.program_id
    where {{ is_within_hours('plays.started_at', 'addressed.pushed_at', 24) }}
    group by plays.view_date, addressed.campaign_id, addressed.uno
)

select * from final
