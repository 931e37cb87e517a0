-- Whom can we win back today? Accounts that left and may be pushed, by what they liked when
-- they last watched and how much: start with the groups that watched most. Groups below
-- k_anonymity are left out.
with

push_targets as (
    select * from {{ ref('push_targets') }}
),

account_segments as (
    select * from {{ ref('account_segments') }}
    where as_of_date = {{ last_closed_day() }}
),

targeted as (
    select
        push_targets.campaign_name,
        push_targets.is_held_out,
        account_segments.favourite_genre,
        account_segments.hours_quintile,
        account_segments.watched_seconds
    from push_targets
    inner join account_segments on push_targets.hash_uno = account_segments.hash_uno
    where push_targets.reason_code = 'WIN_BACK'
),

final as (
    select
        campaign_name,
        coalesce(favourite_genre, 'nothing watched lately') as favourite_genre,
        count(*) as accounts_to_ask,
        cast(countif(not is_held_out) as int64) as accounts_to_send,
        cast(countif(hours_quintile >= 4) as int64) as heavy_viewers,
        sum(watched_seconds) / 3600 as watched_hours
    from targeted
    group by campaign_name, coalesce(favourite_genre, 'nothing watched lately')
    having count(*) >= {{ var('k_anonymity', 10) }}
)

select *
from final
order by watched_hours desc, accounts_to_ask desc, favourite_genre asc
