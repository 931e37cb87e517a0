-- What did the price rise do? Each product whose price rose for at least a tenth of the
-- MRR of a month: MRR gained by the rise, and how many left in that month and the next of
-- a hundred that were there, beside the three months before. Leaving for another product
-- counts, since that is a product's churn.
with

bridge as (
    select * from {{ ref('mrr_bridge_monthly') }}
    where level = 'product'
),

movements as (
    select * from {{ ref('subscription_movements_daily') }}
    where level = 'product'
),

churn_monthly as (
    select * from {{ ref('churn_monthly') }}
    where level = 'product'
),

raised as (
    select
        {{ month_start('movement_date') }} as month_start,
        product_code,
        sum(accounts) as raised_accounts,
        sum(mrr_change_krw) as raised_mrr_krw
    from movements
    where movement = 'price_increase'
    group by {{ month_start('movement_date') }}, product_code
),

rises as (
    select
        raised.month_start as rise_month,
        raised.product_code,
        raised.raised_accounts,
        raised.raised_mrr_krw,
        bridge.start_mrr_krw
    from raised
    inner join bridge
        on
            raised.month_start = bridge.month_start
            and raised.product_code = bridge.product_code
    where raised.raised_mrr_krw >= bridge.start_mrr_krw / 10 and bridge.start_mrr_krw > 0
),

churn_by_month as (
    select
        month_start,
        product_code,
        sum(subscribers_at_start) as subscribers,
        sum(churned_subscribers) as churned
    from churn_monthly
    group by month_start, product_code
),

compared as (
    select
        rises.rise_month,
        rises.product_code,
        rises.raised_accounts,
        rises.raised_mrr_krw,
        rises.start_mrr_krw,
        churn_by_month.month_start >= rises.rise_month as is_after,
        churn_by_month.subscribers,
        churn_by_month.churned
    from rises
    inner join churn_by_month
        on
            rises.product_code = churn_by_month.product_code
            and {{ days_between('rises.rise_month', 'churn_by_month.month_start') }}
            between -95 and 31
),

final as (
    select
        rise_month,
        product_code,
        raised_accounts,
        raised_mrr_krw,
        100 * cast(raised_mrr_krw as float64) / cast(start_mrr_krw as float64)
            as raised_of_hundred_krw,
        100 * sum(case when is_after then 0 else churned end)
        / nullif(sum(case when is_after then 0 else subscribers end), 0)
            as churned_of_hundred_before,
        100 * sum(case when is_after then churned else 0 end)
        / nullif(sum(case when is_after then subscribers else 0 end), 0)
            as churned_of_hundred_after
    from compared
    group by rise_month, product_code, raised_accounts, raised_mrr_krw, start_mrr_krw
)

select *
from final
order by rise_month, product_code
