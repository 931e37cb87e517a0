{%- set window = segment_window() -%}

{{ config(materialized='view', meta={'window': window}) }}

with

accounts as (
    select
        uno,
        withdrawn_at,
        coalesce(joined_at, {{ kst_midnight(var('history_start_date')) }}) as joined_at
    from {{ ref('int_restricted__accounts_judged') }}
    where outcome = 'kept'
),

spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
    where level = 'total'
),

-- the few rows of the quintiles tell the dates of which there is a snapshot
as_of_dates as (
    select as_of_date
    from {{ ref('int_restricted__viewing_quintiles') }}
    group by as_of_date
),

known as (
    select
        uno,
        {{ kst_date('joined_at') }} as known_on,
        {{ kst_date('withdrawn_at') }} as withdrawn_on,
        cast(null as date) as first_paid_on
    from accounts
    union all
    select
        uno,
        started_on as known_on,
        cast(null as date) as withdrawn_on,
        started_on as first_paid_on
    from spells
    where is_first_spell
),

account_dates as (
    select
        uno,
        min(known_on) as known_on,
        max(withdrawn_on) as withdrawn_on,
        min(first_paid_on) as first_paid_on
    from known
    group by uno
),

members as (
    select
        as_of_dates.as_of_date,
        spells.uno,
        spells.started_on
    from as_of_dates
    inner join spells
        on
            as_of_dates.as_of_date >= spells.started_on
            and (not spells.is_past or as_of_dates.as_of_date < spells.ended_on)
),

final as (
    select
        as_of_dates.as_of_date,
        account_dates.uno,
        members.started_on as member_since,
        coalesce(account_dates.first_paid_on <= as_of_dates.as_of_date, false) as has_paid,
        coalesce(account_dates.withdrawn_on <= as_of_dates.as_of_date, false)
            as is_withdrawn
    from as_of_dates
    inner join account_dates on as_of_dates.as_of_date >= account_dates.known_on
    left join members
        on
            as_of_dates.as_of_date = members.as_of_date
            and account_dates.uno = members.uno
)

select * from final
