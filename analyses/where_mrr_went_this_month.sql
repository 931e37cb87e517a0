-- Where did monthly revenue go this month, up to the last closed day? One row for the
-- service, and one for each product: from its start, by every movement, to its end. At a
-- product, who moved to another one is among the churned.
with

mrr_bridge_monthly as (
    select * from {{ ref('mrr_bridge_monthly') }}
    where month_start = {{ month_start(last_closed_day()) }}
),

products as (
    select * from {{ ref('products') }}
),

final as (
    select
        mrr_bridge_monthly.level,
        mrr_bridge_monthly.product_code,
        products.product_name,
        mrr_bridge_monthly.last_date,
        mrr_bridge_monthly.start_mrr_krw,
        mrr_bridge_monthly.new_mrr_krw,
        mrr_bridge_monthly.returned_mrr_krw,
        mrr_bridge_monthly.expansion_mrr_krw,
        -mrr_bridge_monthly.contraction_mrr_krw as contraction_mrr_krw,
        -mrr_bridge_monthly.churned_mrr_krw as churned_mrr_krw,
        mrr_bridge_monthly.end_mrr_krw,
        100
        * cast(mrr_bridge_monthly.end_mrr_krw - mrr_bridge_monthly.start_mrr_krw as float64)
        / nullif(cast(mrr_bridge_monthly.start_mrr_krw as float64), 0) as change_of_hundred
    from mrr_bridge_monthly
    left join products on mrr_bridge_monthly.product_code = products.product_code
    where mrr_bridge_monthly.level in ('total', 'product')
)

select *
from final
order by level desc, end_mrr_krw desc, product_code asc
