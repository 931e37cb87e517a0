{{ config(**table_design(
    partition='movement_date',
    cluster=['level', 'movement']
)) }}

with

account_changes as (
    select * from {{ ref('int_subscription__account_changes_daily') }}
),

revenue as (
    select * from {{ ref('int_subscription__revenue_daily') }}
),

level_days as (
    select * from {{ ref('int_subscription__level_days') }}
),

movements as (
    {% for movement in ['new', 'returned', 'churned_voluntary', 'churned_involuntary']
        + movements_inside_a_spell() %}
        select
            change_date as movement_date,
            level,
            sales_type,
            product_code,
            '{{ movement }}' as movement,
            {{ movement }}_accounts as accounts,
            {{ movement }}_mrr_krw as mrr_change_krw,
            cast(0 as numeric(18, 2)) as refund_krw
        from account_changes
        where {{ movement }}_accounts > 0
        union all
    {% endfor %}
    -- the monthly revenue that a refund ends is moved by the churn or downgrade it causes
    select
        revenue.revenue_date as movement_date,
        revenue.level,
        revenue.sales_type,
        revenue.product_code,
        'refund' as movement,
        revenue.refunded_accounts as accounts,
        cast(0 as numeric(18, 2)) as mrr_change_krw,
        revenue.refund_krw
    from revenue
    inner join level_days
        on
            revenue.level = level_days.level
            and revenue.sales_type = level_days.sales_type
            and revenue.product_code = level_days.product_code
            and revenue.revenue_date = level_days.snapshot_date
    where revenue.refunded_accounts > 0
),

final as (
    select * from movements
)

select * from final
