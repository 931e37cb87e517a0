{%- set window = segment_window() -%}

{{ config(**table_design(partition='as_of_date', cluster=['uno'], window=window)) }}

with

plays as (
    select
        view_date,
        uno,
        watched_seconds,
        is_valid_view
    from {{ ref('int_restricted__plays') }}
    where {{ in_window('view_date', window, context=var('segment_window_days') - 1) }}
),

-- a second import: DuckDB would keep one that is read twice
episodes as (
    select
        view_date,
        uno,
        program_id,
        content_id
    from {{ ref('int_restricted__plays') }}
    where
        {{ in_window('view_date', window, context=var('segment_window_days') - 1) }}
        and content_type = 'VOD'
        and is_valid_view
),

{{ snapshot_days(window) }},

binge_days as (
    select
        view_date,
        uno
    from episodes
    group by view_date, uno, program_id
    having count(distinct content_id) >= {{ var('binge_episodes') }}
),

account_days as (
    select
        view_date,
        uno,
        cast(sum(watched_seconds) as int64) as watched_seconds,
        max(case when is_valid_view then view_date end) as valid_view_date,
        cast(null as date) as binge_date
    from plays
    group by view_date, uno
    union all
    select
        view_date,
        uno,
        0 as watched_seconds,
        cast(null as date) as valid_view_date,
        view_date as binge_date
    from binge_days
),

final as (
    select
        snapshot_days.as_of_date,
        account_days.uno,
        max(account_days.valid_view_date) as last_view_date,
        count(account_days.valid_view_date) as view_days,
        cast(sum(account_days.watched_seconds) as int64) as watched_seconds,
        count(account_days.binge_date) > 0 as is_binge_viewer
    from account_days
    inner join snapshot_days on account_days.view_date = snapshot_days.view_date
    group by snapshot_days.as_of_date, account_days.uno
)

select * from final
