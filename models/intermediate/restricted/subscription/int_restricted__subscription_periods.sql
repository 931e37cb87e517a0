{{ config(**table_design(cluster=['uno'])) }}

with

events as (
    select * from {{ ref('int_restricted__subscription_events') }}
),

products as (
    select * from {{ ref('products') }}
),

placed as (
    select
        event_id,
        subscription_id,
        uno,
        product_code,
        amount_krw,
        occurred_at,
        period_end,
        case when event_type in ('SUBSCRIBE', 'RENEW', 'CHANGE') then period_start end
            as period_start,
        case when event_type = 'REFUND' then occurred_at end as refunded_at,
        case when event_type = 'CANCEL' then occurred_at end as cancelled_at
    from events
),

-- all that cuts or marks a period comes after it in this order, also at its very start,
-- so that one pass finds it: the joins it stands for take half as long again
followed as (
    select
        *,
        min(period_start) over later as next_period_start,
        min(refunded_at) over later as next_refunded_at,
        min(cancelled_at) over later as next_cancelled_at
    from placed
    window later as (
        partition by subscription_id
        order by
            coalesce(period_start, occurred_at),
            period_start is null,
            occurred_at,
            event_id
        rows between 1 following and unbounded following
    )
),

naturally_ended as (
    select
        *,
        case
            when next_period_start < period_end then next_period_start
            else period_end
        end as natural_ended_at
    from followed
    where period_start is not null
),

ended as (
    select
        *,
        case
            when next_refunded_at < natural_ended_at then next_refunded_at
            else natural_ended_at
        end as ended_at
    from naturally_ended
),

final as (
    select
        ended.event_id,
        ended.subscription_id,
        ended.uno,
        ended.product_code,
        products.sales_type,
        products.lines,
        products.billing_months,
        ended.amount_krw,
        ended.period_start as started_at,
        ended.natural_ended_at,
        ended.ended_at,
        {{ kst_date('ended.period_start') }} as started_on,
        {{ kst_date('ended.ended_at') }} as ended_on,
        ended.amount_krw > 0 as is_paid,
        ended.ended_at <= ended.period_start as is_void,
        coalesce(ended.next_refunded_at < ended.natural_ended_at, false)
        or coalesce(ended.next_cancelled_at <= ended.ended_at, false)
            as is_ended_by_choice
    from ended
    left join products on ended.product_code = products.product_code
)

select * from final
