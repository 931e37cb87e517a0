{{ config(materialized='view') }}

with

holdings as (
    select * from {{ ref('int_restricted__subscription_holdings') }}
),

-- what starts and ends within a day holds nothing at the end of one
spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
    where started_on < ended_on
),

levels as (
    select * from {{ ref('int_restricted__subscription_levels') }}
),

-- a churn and a return on one day may leave what is held at its end as it was
changes as (
    select
        case when levels.has_sales_type then holdings.sales_type else 'ALL' end
            as sales_type,
        case when levels.has_product then holdings.product_code else 'ALL' end
            as product_code,
        holdings.uno,
        holdings.change_date,
        holdings.mrr_change_krw,
        holdings.lines_change,
        abs(holdings.passes_change) as passes_changed,
        0 as new_spell,
        0 as returned_spell,
        0 as chosen_end,
        0 as lapsed_end
    from holdings
    cross join levels
    union all
    select
        sales_type,
        product_code,
        uno,
        started_on as change_date,
        0 as mrr_change_krw,
        0 as lines_change,
        0 as passes_changed,
        case when is_first_spell then 1 else 0 end as new_spell,
        case when is_first_spell then 0 else 1 end as returned_spell,
        0 as chosen_end,
        0 as lapsed_end
    from spells
    where started_on <= {{ last_closed_day() }}
    union all
    select
        sales_type,
        product_code,
        uno,
        ended_on as change_date,
        0 as mrr_change_krw,
        0 as lines_change,
        0 as passes_changed,
        0 as new_spell,
        0 as returned_spell,
        case when is_ended_by_choice then 1 else 0 end as chosen_end,
        case when is_ended_by_choice then 0 else 1 end as lapsed_end
    from spells
    where is_past
),

-- the level follows from the other two, and one key less is a fifth of the time
summed as (
    select
        sales_type,
        product_code,
        uno,
        change_date,
        sum(mrr_change_krw) as mrr_change_krw,
        sum(lines_change) as lines_change,
        max(passes_changed) as passes_changed,
        max(new_spell) as new_spell,
        max(returned_spell) as returned_spell,
        max(chosen_end) as chosen_end,
        max(lapsed_end) as lapsed_end
    from changes
    group by sales_type, product_code, uno, change_date
),

final as (
    select
        case
            when product_code != 'ALL' then 'product'
            when sales_type != 'ALL' then 'sales_type'
            else 'total'
        end as level,
        sales_type,
        product_code,
        uno,
        change_date,
        cast(mrr_change_krw as numeric(18, 2)) as mrr_change_krw,
        cast(
            sum(mrr_change_krw) over (
                partition by sales_type, product_code, uno
                order by change_date
                rows between unbounded preceding and current row
            ) as numeric(18, 2)
        ) as mrr_krw,
        cast(lines_change as int64) as lines_change,
        passes_changed > 0 as is_other_product,
        new_spell > 0 as is_new,
        returned_spell > 0 as is_returned,
        chosen_end > 0 as is_left_by_choice,
        lapsed_end > 0 as is_lapsed
    from summed
)

select * from final
