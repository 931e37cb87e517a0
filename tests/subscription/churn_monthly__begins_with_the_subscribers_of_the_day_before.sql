/*
**What is this test?** The tenure bands of a month add up to the subscribers of
`paid_subscribers_daily` on the day before it, at every level, and their churns together
with the spells that began and ended within the month to the churns of its days. With a
grace more are subscribers than are paid.
**When is this important to resolve?** Before churn rates go out: the denominator is
wrong, or somebody who left is missing.
**How to resolve?** Look at the borders of the months in `churn_monthly`.
*/
with

months as (
    select
        month_start,
        level,
        sales_type,
        product_code,
        sum(subscribers_at_start) as subscribers_at_start,
        sum(churned_subscribers) as churned_subscribers
    from {{ ref('churn_monthly') }}
    group by month_start, level, sales_type, product_code
),

within_a_month as (
    select
        {{ month_start('ended_on') }} as month_start,
        level,
        sales_type,
        product_code,
        count(*) as churned_subscribers
    from {{ ref('subscription_spells') }}
    where is_past and {{ month_start('started_on') }} = {{ month_start('ended_on') }}
    group by {{ month_start('ended_on') }}, level, sales_type, product_code
),

days as (
    select
        {{ month_start(date_plus('snapshot_date', 1)) }} as month_start,
        level,
        sales_type,
        product_code,
        subscribers,
        cast(null as int64) as churned_subscribers
    from {{ ref('paid_subscribers_daily') }}
    where extract(day from {{ date_plus('snapshot_date', 1) }}) = 1
    union all
    select
        {{ month_start('snapshot_date') }} as month_start,
        level,
        sales_type,
        product_code,
        cast(null as int64) as subscribers,
        churned_subscribers
    from {{ ref('paid_subscribers_daily') }}
),

expected as (
    select
        month_start,
        level,
        sales_type,
        product_code,
        coalesce(sum(subscribers), 0) as subscribers,
        sum(churned_subscribers) as churned_subscribers
    from days
    where {{ is_month_over('month_start') }}
    group by month_start, level, sales_type, product_code
)

select
    expected.*,
    months.subscribers_at_start,
    months.churned_subscribers as churned_of_them,
    within_a_month.churned_subscribers as churned_within
from expected
left join months
    on
        expected.month_start = months.month_start
        and expected.level = months.level
        and expected.sales_type = months.sales_type
        and expected.product_code = months.product_code
left join within_a_month
    on
        expected.month_start = within_a_month.month_start
        and expected.level = within_a_month.level
        and expected.sales_type = within_a_month.sales_type
        and expected.product_code = within_a_month.product_code
where
    expected.churned_subscribers
    != coalesce(months.churned_subscribers, 0)
    + coalesce(within_a_month.churned_subscribers, 0)
    {% if var('grace_days') == 0 %}
        or expected.subscribers != coalesce(months.subscribers_at_start, 0)
    {% endif %}
