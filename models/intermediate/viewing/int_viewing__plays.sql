{%- set window = {'field': 'view_date', 'after': overlap_days()} -%}

{{ config(materialized='view', meta={'window': window}) }}

with

plays as (
    select * from {{ ref('int_restricted__plays') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

final as (
    select
        plays.log_id,
        account_hashes.hash_uno,
        plays.content_id,
        plays.program_id,
        plays.content_type,
        plays.device_type,
        plays.app_version,
        plays.charge_type,
        plays.started_at,
        plays.ended_at,
        plays.view_date,
        plays.reported_seconds,
        plays.interval_seconds,
        plays.watched_seconds,
        plays.overlap_seconds,
        plays.excess_seconds,
        plays.is_valid_view,
        plays.is_completed_view
    from plays
    inner join account_hashes on plays.uno = account_hashes.uno
)

select * from final
