{{ config(**table_design(partition='month_start', cluster=['level', 'product_code'])) }}

with

account_changes as (
    select * from {{ ref('int_subscription__account_changes_daily') }}
),

level_days as (
    select * from {{ ref('int_subscription__level_days') }}
),

months as (
    select
        level,
        sales_type,
        product_code,
        {{ month_start('snapshot_date') }} as month_start,
        max(snapshot_date) as last_date
    from level_days
    group by level, sales_type, product_code, {{ month_start('snapshot_date') }}
),

changes as (
    select
        level,
        sales_type,
        product_code,
        {{ month_start('change_date') }} as month_start,
        sum(new_mrr_krw) as new_mrr_krw,
        sum(returned_mrr_krw) as returned_mrr_krw,
        sum(upgrade_mrr_krw + price_increase_mrr_krw) as expansion_mrr_krw,
        -sum(downgrade_mrr_krw + price_decrease_mrr_krw) as contraction_mrr_krw,
        -sum(churned_voluntary_mrr_krw + churned_involuntary_mrr_krw) as churned_mrr_krw,
        -sum(churned_voluntary_mrr_krw) as voluntary_churned_mrr_krw,
        sum(mrr_change_krw) as mrr_change_krw
    from account_changes
    group by level, sales_type, product_code, {{ month_start('change_date') }}
),

summed as (
    select
        months.month_start,
        months.last_date,
        months.level,
        months.sales_type,
        months.product_code,
        coalesce(changes.new_mrr_krw, 0) as new_mrr_krw,
        coalesce(changes.returned_mrr_krw, 0) as returned_mrr_krw,
        coalesce(changes.expansion_mrr_krw, 0) as expansion_mrr_krw,
        coalesce(changes.contraction_mrr_krw, 0) as contraction_mrr_krw,
        coalesce(changes.churned_mrr_krw, 0) as churned_mrr_krw,
        coalesce(changes.voluntary_churned_mrr_krw, 0) as voluntary_churned_mrr_krw,
        coalesce(changes.mrr_change_krw, 0) as mrr_change_krw,
        -- of all changes, whatever movement they are: the bridge has to explain it
        sum(coalesce(changes.mrr_change_krw, 0)) over (
            partition by months.level, months.sales_type, months.product_code
            order by months.month_start
            rows between unbounded preceding and current row
        ) as end_mrr_krw
    from months
    left join changes
        on
            months.level = changes.level
            and months.sales_type = changes.sales_type
            and months.product_code = changes.product_code
            and months.month_start = changes.month_start
),

final as (
    select
        month_start,
        level,
        sales_type,
        product_code,
        last_date,
        {{ is_month_over('month_start') }} as is_complete,
        cast(end_mrr_krw - mrr_change_krw as numeric(18, 2)) as start_mrr_krw,
        cast(new_mrr_krw as numeric(18, 2)) as new_mrr_krw,
        cast(returned_mrr_krw as numeric(18, 2)) as returned_mrr_krw,
        cast(expansion_mrr_krw as numeric(18, 2)) as expansion_mrr_krw,
        cast(contraction_mrr_krw as numeric(18, 2)) as contraction_mrr_krw,
        cast(churned_mrr_krw as numeric(18, 2)) as churned_mrr_krw,
        cast(voluntary_churned_mrr_krw as numeric(18, 2)) as voluntary_churned_mrr_krw,
        cast(end_mrr_krw as numeric(18, 2)) as end_mrr_krw
    from summed
)

select * from final
