{{ config(**table_design(partition='sent_date', cluster=['campaign_id'])) }}

with

push_outcomes as (
    select * from {{ ref('int_restricted__push_outcomes') }}
    where sent_date <= {{ last_closed_day() }}
),

campaigns as (
    select * from {{ ref('int_restricted__push_campaigns_judged') }}
    where outcome = 'kept'
),

placed as (
    select
        push_outcomes.*,
        campaigns.campaign_name,
        coalesce(campaigns.segment_name, 'UNKNOWN') as segment_name,
        campaigns.program_id,
        campaigns.scheduled_at,
        campaigns.holdout_percent,
        push_outcomes.arm = 'treated' as is_treated,
        push_outcomes.arm = 'control' as is_control
    from push_outcomes
    inner join campaigns on push_outcomes.campaign_id = campaigns.campaign_id
),

final as (
    select
        sent_date,
        campaign_id,
        segment_name,
        campaign_name,
        program_id,
        scheduled_at,
        holdout_percent,
        cast(countif(is_treated) as int64) as sent,
        cast(countif(is_treated and is_delivered) as int64) as delivered,
        cast(countif(is_treated and is_failed) as int64) as failed,
        cast(countif(is_treated and is_opened) as int64) as opened,
        cast(countif(is_treated and is_opened and is_delivered) as int64)
            as opened_of_delivered,
        cast(countif(is_treated and has_watched) as int64) as watched,
        cast(countif(is_treated and has_subscribed) as int64) as subscribed,
        cast(countif(is_control) as int64) as control,
        cast(countif(is_control and has_watched) as int64) as control_watched,
        cast(countif(is_control and has_subscribed) as int64) as control_subscribed,
        cast(countif(is_treated and sent_events > 1) as int64) as sent_again,
        cast(countif(is_treated and is_held_out) as int64) as sent_though_held_out,
        cast(countif(arm = 'unsent') as int64) as unsent,
        cast(countif(coalesce(pushed_at < scheduled_at, false)) as int64)
            as before_schedule,
        cast(countif(not is_known_account) as int64) as unknown_accounts,
        cast(sum(malformed_payloads) as int64) as malformed_payloads
    from placed
    group by
        sent_date,
        campaign_id,
        segment_name,
        campaign_name,
        program_id,
        scheduled_at,
        holdout_percent
)

select * from final
