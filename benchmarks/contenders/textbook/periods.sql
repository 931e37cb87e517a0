-- Each subscription period, with the end that it came to.
with

naturally_ended as (
    select
        *,
        least(
            period_end,
            lead(period_start) over (
                partition by subscription_id
                order by period_start, occurred_at, event_id
            )
        ) as natural_end
    from events
    where is_period_event
),

refunds as (
    select
        naturally_ended.event_id,
        min(events.occurred_at) as refunded_at
    from naturally_ended
    inner join events
        on
            naturally_ended.subscription_id = events.subscription_id
            and naturally_ended.period_start <= events.occurred_at
            and naturally_ended.natural_end > events.occurred_at
    where events.event_type = 'REFUND'
    group by naturally_ended.event_id
),

ended as (
    select
        naturally_ended.*,
        refunds.refunded_at,
        coalesce(refunds.refunded_at, naturally_ended.natural_end) as ended_at
    from naturally_ended
    left join refunds on naturally_ended.event_id = refunds.event_id
),

cancelled as (
    select distinct ended.event_id
    from ended
    inner join events
        on
            ended.subscription_id = events.subscription_id
            and ended.period_start <= events.occurred_at
            and ended.ended_at >= events.occurred_at
    where events.event_type = 'CANCEL'
)

select
    ended.subscription_id,
    ended.uno,
    ended.product_code,
    ended.sales_type,
    ended.lines,
    ended.billing_months,
    ended.amount_krw,
    ended.period_start as started_at,
    ended.natural_end,
    ended.ended_at,
    ended.amount_krw > 0 and ended.ended_at > ended.period_start as counts,
    ended.refunded_at is not null or cancelled.event_id is not null as is_voluntary
from ended
left join cancelled on ended.event_id = cancelled.event_id
