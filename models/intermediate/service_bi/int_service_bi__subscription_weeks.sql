{{ config(materialized='view') }}

with

paid_subscribers_daily as (
    select * from {{ ref('paid_subscribers_daily') }}
    where level = 'total'
),

spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
    where level = 'total' and is_past
),

-- of those who were there when the week began
churned as (
    select
        {{ week_start('ended_on') }} as week_start,
        count(*) as churned_of_start
    from spells
    where started_on < {{ week_start('ended_on') }}
    group by {{ week_start('ended_on') }}
),

summed as (
    select
        {{ week_start('snapshot_date') }} as week_start,
        max(snapshot_date) as last_date,
        count(*) as dates,
        sum(new_subscribers) as new_subscribers,
        sum(returned_subscribers) as returned_subscribers,
        sum(churned_subscribers) as churned_subscribers,
        sum(voluntary_churned_subscribers) as voluntary_churned_subscribers,
        sum(revenue_krw) as revenue_krw,
        sum(refund_krw) as refund_krw
    from paid_subscribers_daily
    group by {{ week_start('snapshot_date') }}
),

final as (
    select
        summed.week_start,
        paid_subscribers_daily.subscribers,
        paid_subscribers_daily.paid_users,
        cast(paid_subscribers_daily.equivalent_paid_users as float64)
            as equivalent_paid_users,
        cast(summed.new_subscribers as int64) as new_subscribers,
        cast(summed.returned_subscribers as int64) as returned_subscribers,
        cast(summed.churned_subscribers as int64) as churned_subscribers,
        coalesce(churned.churned_of_start, 0) / nullif(
            paid_subscribers_daily.subscribers - summed.new_subscribers
            - summed.returned_subscribers + summed.churned_subscribers, 0
        ) as churn_rate,
        summed.voluntary_churned_subscribers / nullif(summed.churned_subscribers, 0)
            as voluntary_churn_share,
        cast(summed.revenue_krw as float64) as revenue_krw,
        cast(summed.refund_krw as float64) as refund_krw
    from summed
    inner join paid_subscribers_daily
        on summed.last_date = paid_subscribers_daily.snapshot_date
    left join churned on summed.week_start = churned.week_start
    -- neither a week that began before the first paid day nor one that is not over
    where summed.dates = 7
)

select * from final
