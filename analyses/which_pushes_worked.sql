-- Which campaigns brought people back or made them watch, more than those held out? Only
-- conclusive ones are an answer; the detectable effect tells what the others could not see.
with

push_performance_daily as (
    select * from {{ ref('push_performance_daily') }}
),

final as (
    select
        sent_date,
        campaign_name,
        segment_name,
        holdout_percent,
        sent,
        control,
        subscribe_rate,
        control_subscribe_rate,
        subscribe_difference,
        subscribe_difference_low,
        subscribe_difference_high,
        subscribe_detectable_effect,
        is_subscribe_conclusive,
        watch_difference,
        watch_difference_low,
        watch_difference_high,
        is_watch_conclusive
    from push_performance_daily
    where is_subscribe_conclusive or is_watch_conclusive
)

select *
from final
order by subscribe_difference desc, sent_date desc, campaign_name asc
