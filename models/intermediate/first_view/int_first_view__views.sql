{%- set window = {'field': 'subscription_date', 'after': overlap_days()} -%}

{{ config(**table_design(
    partition='subscription_date',
    cluster=['program_id'],
    window=window
)) }}

with

starts as (
    select * from {{ ref('int_restricted__first_view_starts') }}
    where {{ in_window('subscription_date', window) }}
),

plays as (
    select * from {{ ref('int_restricted__plays') }}
    where {{ in_window('view_date', window) }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
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
        plays.is_valid_view
        and plays.content_type in ('VOD', 'MOVIE')
        and plays.charge_type in ('SVOD', 'TVOD')
        and plays.program_id != 'UNKNOWN'
),

ranked as (
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
        max(case when is_new then 1 else 0 end) = 1 as is_new,
        max(case when is_after_start and play_number = 1 then 1 else 0 end) = 1 as is_first_program
    from ranked
    group by subscription_date, program_id, uno
),

final as (
    select
        views.subscription_date,
        views.program_id,
        account_hashes.hash_uno,
        views.is_new,
        views.is_first_program
    from views
    inner join account_hashes on views.uno = account_hashes.uno
)

select * from final
