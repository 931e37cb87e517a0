{{ config(**table_design(partition='change_date', cluster=['level'])) }}

with

balances as (
    select * from {{ ref('int_restricted__subscription_balances') }}
),

told_apart as (
    select
        *,
        mrr_krw - mrr_change_krw as mrr_before_krw,
        case
            when is_new or is_returned or is_left_by_choice or is_lapsed then 'none'
            when not is_other_product and mrr_change_krw > 0 then 'price_increase'
            when not is_other_product and mrr_change_krw < 0 then 'price_decrease'
            when mrr_change_krw > 0 then 'upgrade'
            when mrr_change_krw < 0 then 'downgrade'
            when lines_change > 0 then 'upgrade'
            when lines_change < 0 then 'downgrade'
            else 'product_change'
        end as movement
    from balances
),

final as (
    select
        level,
        sales_type,
        product_code,
        change_date,
        {% for movement in movements_inside_a_spell() %}
            cast(countif(movement = '{{ movement }}') as int64) as {{ movement }}_accounts,
        {% endfor %}
        cast(sum(case when is_new then mrr_krw else 0 end) as numeric(18, 2))
            as new_mrr_krw,
        cast(sum(case when is_returned then mrr_krw else 0 end) as numeric(18, 2))
            as returned_mrr_krw,
        cast(
            sum(case when is_left_by_choice then -mrr_before_krw else 0 end)
            as numeric(18, 2)
        ) as churned_voluntary_mrr_krw,
        cast(sum(case when is_lapsed then -mrr_before_krw else 0 end) as numeric(18, 2))
            as churned_involuntary_mrr_krw,
        {% for movement in movements_inside_a_spell() %}
            cast(
                sum(case when movement = '{{ movement }}' then mrr_change_krw else 0 end)
                as numeric(18, 2)
            ) as {{ movement }}_mrr_krw,
        {% endfor %}
        cast(sum(mrr_change_krw) as numeric(18, 2)) as mrr_change_krw
    from told_apart
    group by level, sales_type, product_code, change_date
)

select * from final
