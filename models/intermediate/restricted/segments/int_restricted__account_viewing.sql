{%- set window = segment_window() -%}
{%- set context = var('segment_window_days') - 1 -%}

{{ config(**table_design(partition='as_of_date', cluster=['uno'], window=window)) }}

with

viewing_days as (
    select * from {{ ref('int_restricted__viewing_days') }}
    where {{ in_window('view_date', window, context=context) }}
),

episodes as (
    select
        view_date,
        uno,
        program_id,
        content_id
    from {{ ref('int_restricted__plays') }}
    where
        {{ in_window('view_date', window, context=context) }}
        and content_type = 'VOD'
        and program_id != 'UNKNOWN'
        and is_valid_view
),

{{ snapshot_days(window) }},

{{ snapshot_sets() }},

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
        watched_seconds,
        case when has_valid_view then view_date end as valid_view_date,
        cast(null as date) as binge_date
    from viewing_days
    union all
    select
        view_date,
        uno,
        0 as watched_seconds,
        cast(null as date) as valid_view_date,
        view_date as binge_date
    from binge_days
),

account_sets as (
    select
        snapshot_sets.first_date,
        snapshot_sets.last_date,
        account_days.uno,
        max(account_days.valid_view_date) as last_view_date,
        count(account_days.valid_view_date) as view_days,
        sum(account_days.watched_seconds) as watched_seconds,
        count(account_days.binge_date) as binge_days
    from account_days
    inner join snapshot_sets on account_days.view_date = snapshot_sets.view_date
    group by snapshot_sets.first_date, snapshot_sets.last_date, account_days.uno
),

final as (
    select
        set_dates.as_of_date,
        account_sets.uno,
        max(account_sets.last_view_date) as last_view_date,
        cast(sum(account_sets.view_days) as int64) as view_days,
        cast(sum(account_sets.watched_seconds) as int64) as watched_seconds,
        sum(account_sets.binge_days) > 0 as is_binge_viewer
    from account_sets
    inner join set_dates
        on
            account_sets.first_date = set_dates.first_date
            and account_sets.last_date = set_dates.last_date
    group by set_dates.as_of_date, account_sets.uno
)

select * from final
