{{ config(**table_design(cluster=['uno'])) }}

with

accounts as (
    select * from {{ ref('stg_member__accounts') }}
),

profiles as (
    select * from {{ ref('stg_member__profiles') }}
),

viewing_logs as (
    select * from {{ ref('stg_player__viewing_logs') }}
),

subscription_events as (
    select * from {{ ref('stg_billing__subscription_events') }}
),

account_numbers as (
    select uno from accounts
    union distinct
    select uno from profiles
    union distinct
    select uno from viewing_logs
    union distinct
    select uno from subscription_events
),

final as (
    select
        uno,
        {{ hash_account('uno') }} as hash_uno
    from account_numbers
    where uno is not null
)

select * from final
