{%- set window = {'field': 'view_date'} -%}

{{ config(**table_design(cluster=['uno'], append=true)) }}

with

accounts as (
    select * from {{ ref('stg_member__accounts') }}
),

profiles as (
    select * from {{ ref('stg_member__profiles') }}
),

viewing_logs as (
    select * from {{ ref('stg_player__viewing_logs') }}
    where {{ arrived_for_window('ingest_date', window, context=overlap_days()) }}
),

subscription_events as (
    select * from {{ ref('stg_billing__subscription_events') }}
),

push_events as (
    select * from {{ ref('stg_crm__push_events') }}
),

account_numbers as (
    select uno from accounts
    union distinct
    select uno from profiles
    union distinct
    select uno from viewing_logs
    union distinct
    select uno from subscription_events
    union distinct
    select uno from push_events
),

{% if adds_to_table() %}
    hashed as (
        select uno from {{ this }}
    ),

    -- a hash never changes: only account numbers that are new are hashed
    new_numbers as (
        select account_numbers.uno
        from account_numbers
        left join hashed on account_numbers.uno = hashed.uno
        where hashed.uno is null
    ),
{% else %}
    new_numbers as (
        select uno from account_numbers
    ),
{% endif %}

final as (
    select
        uno,
        {{ hash_account('uno') }} as hash_uno
    from new_numbers
    where uno is not null
)

select * from final
