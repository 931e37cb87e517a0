-- At which tenure do subscribers leave? Of the last twelve months that are over, by sales
-- type: how many of a hundred left in a month, and how many of those by their own choice.
-- The rest lapsed: a payment failed, or nobody renewed.
with

churn_monthly as (
    select * from {{ ref('churn_monthly') }}
    where level = 'sales_type'
),

last_months as (
    select *
    from churn_monthly
    qualify dense_rank() over (order by month_start desc) <= 12
),

by_band as (
    select
        sales_type,
        tenure_days_from,
        tenure_band,
        count(*) as months,
        sum(subscribers_at_start) as subscriber_months,
        sum(churned_subscribers) as churned,
        sum(voluntary_churned_subscribers) as voluntary_churned
    from last_months
    group by sales_type, tenure_days_from, tenure_band
),

final as (
    select
        sales_type,
        tenure_days_from,
        tenure_band,
        months,
        subscriber_months,
        churned,
        100 * churned / subscriber_months as churned_of_hundred,
        100 * voluntary_churned / nullif(churned, 0) as voluntary_of_hundred_churned
    from by_band
)

select *
from final
order by sales_type, tenure_days_from
