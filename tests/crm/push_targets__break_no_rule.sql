/*
**What is this test?** Nobody is to be pushed without both consents, after a withdrawal,
at the cap of pushes, within days of a new membership, with a campaign a second time, or
twice a day.
**When is this important to resolve?** At once, before the pushes go out: people would be
pushed who must not be.
**How to resolve?** Look at `int_restricted__push_allowed_accounts` for the rule named.
*/
with

candidates as (
    select * from {{ ref('int_restricted__push_candidates') }}
),

accounts as (
    select * from {{ ref('int_restricted__accounts_judged') }}
    where outcome = 'kept'
),

spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
    where
        level = 'total'
        and {{ days_between('started_on', last_closed_day()) }}
        < {{ var('recently_converted_days') }}
),

sent as (
    select
        uno,
        count(*) as sent_count
    from {{ ref('int_restricted__push_events_judged') }}
    where
        outcome = 'kept'
        and event_type = 'SENT'
        and {{ days_between(kst_date('occurred_at'), last_closed_day()) }}
        < {{ var('push_cap_days') }}
    group by uno
),

pushes as (
    select * from {{ ref('int_restricted__pushes') }}
),

events_today as (
    select * from {{ ref('int_restricted__push_events_judged') }}
    where
        outcome = 'kept'
        and event_type in ('SENT', 'CONTROL')
        and {{ days_between(last_closed_day(), kst_date('occurred_at')) }} = 1
)

select
    'consent' as broken_rule,
    candidates.campaign_id
from candidates
left join accounts on candidates.uno = accounts.uno
where
    not coalesce(accounts.push_consent and accounts.marketing_consent, false)
    or accounts.withdrawn_at is not null
union all
select
    'cap' as broken_rule,
    candidates.campaign_id
from candidates
inner join sent on candidates.uno = sent.uno
where sent.sent_count >= {{ var('push_cap') }}
union all
select
    'converted' as broken_rule,
    candidates.campaign_id
from candidates
inner join spells on candidates.uno = spells.uno
union all
select
    'campaign' as broken_rule,
    candidates.campaign_id
from candidates
inner join pushes
    on
        candidates.uno = pushes.uno
        and candidates.campaign_id = pushes.campaign_id
union all
select
    'today' as broken_rule,
    candidates.campaign_id
from candidates
inner join events_today on candidates.uno = events_today.uno
