{{ config(materialized='view') }}

with

subscription_events as (
    select * from {{ ref('stg_billing__subscription_events') }}
),

final as (
    select event_id
    from subscription_events
    group by event_id
    having count(*) > 1
)

select * from final
