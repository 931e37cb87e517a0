{{ config(**table_design(partition='sent_date', cluster=['campaign_id', 'uno'])) }}

with

push_events as (
    select * from {{ ref('int_restricted__push_events_judged') }}
    where outcome = 'kept'
),

failures as (
    select * from {{ ref('int_restricted__push_events_judged') }}
    where outcome = 'kept' and event_type = 'FAILED'
),

counted as (
    select
        campaign_id,
        uno,
        min(case when event_type = 'SENT' then occurred_at end) as first_sent_at,
        min(case when event_type = 'CONTROL' then occurred_at end) as first_held_out_at,
        min(occurred_at) as first_event_at,
        countif(event_type = 'SENT') as sent_events,
        countif(event_type = 'DELIVERED') as delivered_events,
        countif(event_type = 'FAILED') as failed_events,
        countif(event_type = 'OPENED') as opened_events,
        countif({{ is_malformed_payload('event_type', 'payload') }}) as malformed_payloads
    from push_events
    group by campaign_id, uno
),

last_failures as (
    select
        campaign_id,
        uno,
        coalesce(
            {{ json_text('payload', 'reason') }},
            case when {{ is_malformed_payload('event_type', 'payload') }} then 'MALFORMED' end,
            'UNKNOWN'
        ) as failure_reason
    from failures
    qualify
        row_number() over (
            partition by campaign_id, uno
            order by occurred_at desc, event_id desc
        ) = 1
),

final as (
    select
        counted.campaign_id,
        counted.uno,
        case
            when counted.first_sent_at is not null then 'treated'
            when counted.first_held_out_at is not null then 'control'
            else 'unsent'
        end as arm,
        coalesce(
            counted.first_sent_at, counted.first_held_out_at, counted.first_event_at
        ) as pushed_at,
        {{ kst_date(
            'coalesce(counted.first_sent_at, counted.first_held_out_at, counted.first_event_at)'
        ) }} as sent_date,
        cast(counted.sent_events as int64) as sent_events,
        counted.first_held_out_at is not null as is_held_out,
        counted.delivered_events > 0 as is_delivered,
        counted.failed_events > 0 and counted.delivered_events = 0 as is_failed,
        case when counted.delivered_events = 0 then last_failures.failure_reason end
            as failure_reason,
        counted.opened_events > 0 as is_opened,
        cast(counted.malformed_payloads as int64) as malformed_payloads
    from counted
    left join last_failures
        on
            counted.campaign_id = last_failures.campaign_id
            and counted.uno = last_failures.uno
)

select * from final
