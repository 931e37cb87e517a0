-- Which segment opens what it is sent, and where do pushes fail to arrive?
with

push_performance_daily as (
    select * from {{ ref('push_performance_daily') }}
),

final as (
    select
        segment_name,
        count(*) as campaign_days,
        cast(sum(sent) as int64) as sent,
        sum(delivered) / nullif(sum(sent), 0) as delivered_share,
        sum(failed) / nullif(sum(sent), 0) as failed_share,
        -- weighed by the accounts reached, not by the campaign
        sum(open_rate * delivered) / nullif(sum(delivered), 0) as open_rate,
        sum(watched) / nullif(sum(case when watched is not null then sent end), 0)
            as watch_rate,
        cast(sum(malformed_payloads) as int64) as malformed_payloads
    from push_performance_daily
    group by segment_name
)

select *
from final
order by open_rate desc, segment_name asc
