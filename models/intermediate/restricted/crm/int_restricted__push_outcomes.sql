{{ config(materialized='view') }}

with

pushes as (
    select * from {{ ref('int_restricted__pushes') }}
),

push_views as (
    select * from {{ ref('int_restricted__push_views') }}
),

accounts as (
    select * from {{ ref('int_restricted__accounts_judged') }}
    where outcome = 'kept'
),

spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
    where level = 'total'
),

-- a later event may move the push: what was watched before it then counts no more
watched as (
    select
        pushes.campaign_id,
        pushes.uno
    from pushes
    inner join push_views
        on
            pushes.campaign_id = push_views.campaign_id
            and pushes.uno = push_views.uno
    where {{ is_within_hours('push_views.first_started_at', 'pushes.pushed_at', 24) }}
    group by pushes.campaign_id, pushes.uno
),

subscribed as (
    select
        pushes.campaign_id,
        pushes.uno
    from pushes
    inner join spells on pushes.uno = spells.uno
    where {{ is_within_hours('spells.started_at', 'pushes.pushed_at', 7 * 24) }}
    group by pushes.campaign_id, pushes.uno
),

final as (
    select
        pushes.campaign_id,
        pushes.uno,
        pushes.arm,
        pushes.pushed_at,
        pushes.sent_date,
        pushes.sent_events,
        pushes.is_held_out,
        pushes.is_delivered,
        pushes.is_failed,
        pushes.is_opened,
        pushes.malformed_payloads,
        accounts.uno is not null as is_known_account,
        watched.uno is not null as has_watched,
        subscribed.uno is not null as has_subscribed
    from pushes
    left join accounts on pushes.uno = accounts.uno
    left join watched
        on
            pushes.campaign_id = watched.campaign_id
            and pushes.uno = watched.uno
    left join subscribed
        on
            pushes.campaign_id = subscribed.campaign_id
            and pushes.uno = subscribed.uno
)

select * from final
