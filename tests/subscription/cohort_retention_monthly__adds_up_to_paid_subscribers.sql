/*
**What is this test?** In each month and sales type, the cohorts that begin hold as many
accounts as were new on its days, and all cohorts together retain the subscribers of its
last day and earn no more than all did, of `paid_subscribers_daily`. With a grace more are
subscribers than are paid.
**When is this important to resolve?** At once: an account is in no cohort, or in two.
**How to resolve?** Look at an account of the month in
`int_restricted__subscription_cohorts` and at its spells.
*/
with

cohorts as (
    select
        month_start,
        sales_type,
        sum(case when months_since = 0 then cohort_accounts else 0 end) as new_subscribers,
        sum(retained_accounts) as subscribers,
        sum(revenue_krw) as revenue_krw
    from {{ ref('cohort_retention_monthly') }}
    group by month_start, sales_type
),

days as (
    select
        *,
        {{ month_start('snapshot_date') }} as month_start,
        {{ month_start('snapshot_date') }}
        != {{ month_start(date_plus('snapshot_date', 1)) }} as is_last_day
    from {{ ref('paid_subscribers_daily') }}
    where level = 'sales_type'
),

months as (
    select
        month_start,
        sales_type,
        sum(new_subscribers) as new_subscribers,
        sum(case when is_last_day then subscribers else 0 end) as subscribers,
        sum(revenue_krw) as revenue_krw
    from days
    where {{ is_month_over('month_start') }}
    group by month_start, sales_type
)

select
    months.*,
    cohorts.new_subscribers as cohort_accounts,
    cohorts.subscribers as retained_accounts,
    cohorts.revenue_krw as cohort_revenue_krw
from months
left join cohorts
    on
        months.month_start = cohorts.month_start
        and months.sales_type = cohorts.sales_type
where
    months.new_subscribers != coalesce(cohorts.new_subscribers, 0)
    or months.revenue_krw < coalesce(cohorts.revenue_krw, 0)
    {% if var('grace_days') == 0 %}
        or months.subscribers != coalesce(cohorts.subscribers, 0)
    {% endif %}
