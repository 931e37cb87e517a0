{{ config(materialized='view') }}

with

account_snapshots as (
    select * from {{ ref('int_restricted__account_snapshots') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

final as (
    select
        account_snapshots.as_of_date,
        account_hashes.hash_uno,
        account_snapshots.lifecycle,
        account_snapshots.is_withdrawn,
        account_snapshots.member_days,
        account_snapshots.days_since_view,
        account_snapshots.view_days,
        account_snapshots.watched_seconds,
        account_snapshots.recency_quintile,
        account_snapshots.frequency_quintile,
        account_snapshots.hours_quintile,
        account_snapshots.favourite_genre,
        account_snapshots.favourite_device_type,
        account_snapshots.favourite_hour,
        account_snapshots.is_binge_viewer
    from account_snapshots
    inner join account_hashes on account_snapshots.uno = account_hashes.uno
)

select * from final
