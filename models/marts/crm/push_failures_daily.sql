{{ config(**table_design(partition='sent_date', cluster=['campaign_id'])) }}

with

pushes as (
    select * from {{ ref('int_restricted__pushes') }}
    where
        arm = 'treated'
        and is_failed
        and sent_date <= {{ last_closed_day() }}
),

campaigns as (
    select * from {{ ref('int_restricted__push_campaigns_judged') }}
    where outcome = 'kept'
),

final as (
    select
        pushes.sent_date,
        pushes.campaign_id,
        coalesce(campaigns.segment_name, 'UNKNOWN') as segment_name,
        pushes.failure_reason,
        count(*) as failed
    from pushes
    inner join campaigns on pushes.campaign_id = campaigns.campaign_id
    group by
        pushes.sent_date,
        pushes.campaign_id,
        coalesce(campaigns.segment_name, 'UNKNOWN'),
        pushes.failure_reason
)

select * from final
