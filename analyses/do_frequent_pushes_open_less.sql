-- Do people open less the more pushes go out? By how many campaigns went out in the seven
-- days up to the push, each day of a campaign weighed by the accounts that it reached.
with

push_performance_daily as (
    select * from {{ ref('push_performance_daily') }}
    where sent > 0
),

counted as (
    select
        pushed.sent_date,
        pushed.campaign_id,
        pushed.delivered,
        pushed.open_rate,
        count(distinct earlier.campaign_id) as campaigns_in_seven_days
    from push_performance_daily as pushed
    inner join push_performance_daily as earlier
        on
            {{ days_between('earlier.sent_date', 'pushed.sent_date') }} between 0 and 6
    group by
        pushed.sent_date,
        pushed.campaign_id,
        pushed.delivered,
        pushed.open_rate
),

final as (
    select
        campaigns_in_seven_days,
        count(*) as campaign_days,
        cast(sum(delivered) as int64) as delivered,
        sum(open_rate * delivered) / nullif(sum(delivered), 0) as open_rate
    from counted
    group by campaigns_in_seven_days
)

select *
from final
order by campaigns_in_seven_days asc
