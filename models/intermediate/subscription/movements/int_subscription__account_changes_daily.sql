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
            when new_spells + returned_spells + voluntary_churns + involuntary_churns > 0
                then 'none'
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
        cast(sum(new_spells) as int64) as new_accounts,
        cast(sum(returned_spells) as int64) as returned_accounts,
        cast(sum(voluntary_churns) as int64) as churned_voluntary_accounts,
        cast(sum(involuntary_churns) as int64) as churned_involuntary_accounts,
        {% for movement in movements_inside_a_spell() %}
            cast(countif(movement = '{{ movement }}') as int64) as {{ movement }}_accounts,
        {% endfor %}
        {# an account that is new and returns on a day holds at its end what it returned to #}
        cast(
            sum(case when new_spells > 0 and returned_spells = 0 then mrr_krw else 0 end)
            as numeric(18, 2)
        ) as new_mrr_krw,
        cast(sum(case when returned_spells > 0 then mrr_krw else 0 end) as numeric(18, 2))
            as returned_mrr_krw,
        cast(
            sum(
                case
                    when voluntary_churns > 0 and is_left_by_choice then -mrr_before_krw
                    else 0
                end
            ) as numeric(18, 2)
        ) as churned_voluntary_mrr_krw,
        cast(
            sum(
                case
                    when voluntary_churns + involuntary_churns > 0 and not is_left_by_choice
                        then -mrr_before_krw
                    else 0
                end
            ) as numeric(18, 2)
        ) as churned_involuntary_mrr_krw,
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
