-- paid_subscribers_daily as an analyst would first write it: the calendar joined with what
-- was active at the end of each day.
with

payments as (
    select
        sales_type,
        product_code,
        occurred_on,
        amount_krw as revenue_krw,
        0 as refund_krw
    from events
    where is_period_event
),

refunds as (
    select
        coalesce(periods.sales_type, events.sales_type) as sales_type,
        coalesce(periods.product_code, events.product_code) as product_code,
        events.occurred_on,
        0 as revenue_krw,
        events.amount_krw as refund_krw
    from events
    left join periods
        on
            events.subscription_id = periods.subscription_id
            and events.occurred_at >= periods.started_at
            and events.occurred_at < periods.natural_end
    where events.event_type = 'REFUND'
),

amounts as (
    select * from payments
    union all
    select * from refunds
),

amounts_by_level as (
    select
        'total' as level,
        'ALL' as level_sales_type,
        'ALL' as level_product_code,
        *
    from amounts
    union all
    select
        'sales_type' as level,
        sales_type as level_sales_type,
        'ALL' as level_product_code,
        *
    from amounts
    where sales_type is not null
    union all
    select
        'product' as level,
        sales_type as level_sales_type,
        product_code as level_product_code,
        *
    from amounts
    where sales_type is not null
),

revenue as (
    select
        level,
        level_sales_type,
        level_product_code,
        occurred_on,
        sum(revenue_krw) as revenue_krw,
        sum(refund_krw) as refund_krw
    from amounts_by_level
    group by level, level_sales_type, level_product_code, occurred_on
),

beginnings as (
    select
        level,
        level_sales_type,
        level_product_code,
        occurred_on as beginning
    from revenue
    where revenue_krw > 0
    union all
    select
        level,
        level_sales_type,
        level_product_code,
        cast(started_at + interval 9 hour as date) as beginning
    from paid_periods
),

first_dates as (
    select
        level,
        level_sales_type,
        level_product_code,
        min(beginning) as first_date
    from beginnings
    group by level, level_sales_type, level_product_code
),

calendar as (
    select
        level,
        level_sales_type,
        level_product_code,
        cast(
            unnest(
                generate_series(
                    first_date, cast(getvariable('run_date') as date), interval 1 day
                )
            ) as date
        ) as snapshot_date
    from first_dates
),

members as (
    select
        calendar.level,
        calendar.level_sales_type,
        calendar.level_product_code,
        calendar.snapshot_date,
        count(*) as subscribers
    from calendar
    inner join spells
        on
            calendar.level = spells.level
            and calendar.level_sales_type = spells.level_sales_type
            and calendar.level_product_code = spells.level_product_code
            and spells.started_at
            < cast(calendar.snapshot_date + 1 as timestamp) - interval 9 hour
            and spells.ended_at
            >= cast(calendar.snapshot_date + 1 as timestamp) - interval 9 hour
    group by
        calendar.level,
        calendar.level_sales_type,
        calendar.level_product_code,
        calendar.snapshot_date
),

active_by_cycle as (
    select
        calendar.level,
        calendar.level_sales_type,
        calendar.level_product_code,
        calendar.snapshot_date,
        sum(paid_periods.lines) as lines,
        cast(sum(paid_periods.amount_krw) as double) / paid_periods.billing_months
            as monthly_krw
    from calendar
    inner join paid_periods
        on
            calendar.level = paid_periods.level
            and calendar.level_sales_type = paid_periods.level_sales_type
            and calendar.level_product_code = paid_periods.level_product_code
            and paid_periods.started_at
            < cast(calendar.snapshot_date + 1 as timestamp) - interval 9 hour
            and paid_periods.ended_at
            >= cast(calendar.snapshot_date + 1 as timestamp) - interval 9 hour
    group by
        calendar.level,
        calendar.level_sales_type,
        calendar.level_product_code,
        calendar.snapshot_date,
        paid_periods.billing_months
),

active as (
    select
        level,
        level_sales_type,
        level_product_code,
        snapshot_date,
        sum(lines) as paid_users,
        round(sum(monthly_krw) / 7900 + 1e-9, 4) as equivalent_paid_users
    from active_by_cycle
    group by level, level_sales_type, level_product_code, snapshot_date
),

started as (
    select
        level,
        level_sales_type,
        level_product_code,
        started_on,
        count(*) filter (where spell_number = 1) as new_subscribers,
        count(*) filter (where spell_number > 1) as returned_subscribers
    from spells
    group by level, level_sales_type, level_product_code, started_on
),

churned as (
    select
        level,
        level_sales_type,
        level_product_code,
        ended_on,
        count(*) as churned_subscribers,
        count(*) filter (where is_voluntary) as voluntary_churned_subscribers
    from spells
    group by level, level_sales_type, level_product_code, ended_on
)

select
    calendar.snapshot_date,
    calendar.level,
    calendar.level_sales_type as sales_type,
    calendar.level_product_code as product_code,
    coalesce(members.subscribers, 0) as subscribers,
    coalesce(active.paid_users, 0) as paid_users,
    coalesce(active.equivalent_paid_users, 0) as equivalent_paid_users,
    coalesce(started.new_subscribers, 0) as new_subscribers,
    coalesce(started.returned_subscribers, 0) as returned_subscribers,
    coalesce(churned.churned_subscribers, 0) as churned_subscribers,
    coalesce(churned.voluntary_churned_subscribers, 0) as voluntary_churned_subscribers,
    coalesce(revenue.revenue_krw, 0) as revenue_krw,
    coalesce(revenue.refund_krw, 0) as refund_krw
from calendar
left join members
    on
        calendar.level = members.level
        and calendar.level_sales_type = members.level_sales_type
        and calendar.level_product_code = members.level_product_code
        and calendar.snapshot_date = members.snapshot_date
left join active
    on
        calendar.level = active.level
        and calendar.level_sales_type = active.level_sales_type
        and calendar.level_product_code = active.level_product_code
        and calendar.snapshot_date = active.snapshot_date
left join started
    on
        calendar.level = started.level
        and calendar.level_sales_type = started.level_sales_type
        and calendar.level_product_code = started.level_product_code
        and calendar.snapshot_date = started.started_on
left join churned
    on
        calendar.level = churned.level
        and calendar.level_sales_type = churned.level_sales_type
        and calendar.level_product_code = churned.level_product_code
        and calendar.snapshot_date = churned.ended_on
left join revenue
    on
        calendar.level = revenue.level
        and calendar.level_sales_type = revenue.level_sales_type
        and calendar.level_product_code = revenue.level_product_code
        and calendar.snapshot_date = revenue.occurred_on
