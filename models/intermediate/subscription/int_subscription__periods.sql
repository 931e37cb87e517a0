{{ config(**table_design(cluster=['hash_uno'])) }}

with

events as (
    select * from {{ ref('int_subscription__events') }}
),

refunds as (
    select * from events
    where event_type = 'REFUND'
),

cancels as (
    select * from events
    where event_type = 'CANCEL'
),

sequenced as (
    select
        *,
        lead(period_start) over (
            partition by subscription_id
            order by period_start, occurred_at, event_id
        ) as next_period_start
    from events
    where event_type in ('SUBSCRIBE', 'RENEW', 'CHANGE')
),

naturally_ended as (
    select
        *,
        case
            when next_period_start < period_end then next_period_start
            else period_end
        end as natural_ended_at
    from sequenced
),

cuts as (
    select
        naturally_ended.event_id,
        min(refunds.occurred_at) as refunded_at
    from naturally_ended
    inner join refunds
        on
            naturally_ended.subscription_id = refunds.subscription_id
            and naturally_ended.period_start <= refunds.occurred_at
            and naturally_ended.natural_ended_at > refunds.occurred_at
    group by naturally_ended.event_id
),

ended as (
    select
        naturally_ended.*,
        cuts.refunded_at,
        coalesce(cuts.refunded_at, naturally_ended.natural_ended_at) as ended_at
    from naturally_ended
    left join cuts on naturally_ended.event_id = cuts.event_id
),

cancelled as (
    select distinct ended.event_id
    from ended
    inner join cancels
        on
            ended.subscription_id = cancels.subscription_id
            and ended.period_start <= cancels.occurred_at
            and ended.ended_at >= cancels.occurred_at
),

final as (
    select
        ended.event_id,
        ended.subscription_id,
        ended.hash_uno,
        ended.product_code,
        ended.sales_type,
        ended.lines,
        ended.billing_months,
        ended.amount_krw,
        ended.period_start as started_at,
        ended.natural_ended_at,
        ended.ended_at,
        {{ kst_date('ended.period_start') }} as started_on,
        {{ kst_date('ended.ended_at') }} as ended_on,
        ended.amount_krw > 0 as is_paid,
        ended.ended_at <= ended.period_start as is_void,
        ended.refunded_at is not null or cancelled.event_id is not null
            as is_ended_by_choice
    from ended
    left join cancelled on ended.event_id = cancelled.event_id
)

select * from final
