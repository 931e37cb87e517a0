{{ config(materialized='view') }}

with

accounts as (
    select * from {{ ref('int_restricted__accounts_judged') }}
    where outcome = 'kept'
),

spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
    where level = 'total'
),

push_events as (
    select * from {{ ref('int_restricted__push_events_judged') }}
    where outcome = 'kept' and event_type in ('SENT', 'CONTROL')
),

-- what has already gone out today, the day after the last closed one
addressed_today as (
    select uno
    from push_events
    where {{ days_between(last_closed_day(), kst_date('occurred_at')) }} = 1
    group by uno
),

recently_sent as (
    select
        uno,
        count(*) as recent_pushes
    from push_events
    where
        event_type = 'SENT'
        and {{ days_between(kst_date('occurred_at'), last_closed_day()) }}
        < {{ var('push_cap_days') }}
    group by uno
),

recently_converted as (
    select uno
    from spells
    where
        {{ days_between('started_on', last_closed_day()) }}
        < {{ var('recently_converted_days') }}
    group by uno
),

-- consent that is not there is none, and whoever withdrew once is left alone
final as (
    select
        accounts.uno,
        cast(coalesce(recently_sent.recent_pushes, 0) as int64) as recent_pushes
    from accounts
    left join recently_sent on accounts.uno = recently_sent.uno
    left join recently_converted on accounts.uno = recently_converted.uno
    left join addressed_today on accounts.uno = addressed_today.uno
    where
        accounts.push_consent
        and accounts.marketing_consent
        and accounts.withdrawn_at is null
        and coalesce(recently_sent.recent_pushes, 0) < {{ var('push_cap') }}
        and recently_converted.uno is null
        and addressed_today.uno is null
)

select * from final
