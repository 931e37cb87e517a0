{{ config(materialized='view') }}

with

holdings as (
    select * from {{ ref('int_restricted__subscription_holdings') }}
),

spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
),

levels as (
    select * from {{ ref('int_restricted__subscription_levels') }}
),

-- spells that start and end on a day may leave what is held at its end as it was
changes as (
    select
        levels.level,
        case when levels.has_sales_type then holdings.sales_type else 'ALL' end
            as sales_type,
        case when levels.has_product then holdings.product_code else 'ALL' end
            as product_code,
        holdings.uno,
        holdings.change_date,
        holdings.mrr_change_krw,
        holdings.lines_change,
        abs(holdings.passes_change) as passes_changed,
        0 as new_spells,
        0 as returned_spells,
        0 as voluntary_churns,
        0 as involuntary_churns,
        0 as lasting_voluntary_churns
    from holdings
    cross join levels
    union all
    select
        level,
        sales_type,
        product_code,
        uno,
        started_on as change_date,
        0 as mrr_change_krw,
        0 as lines_change,
        0 as passes_changed,
        case when is_first_spell then 1 else 0 end as new_spells,
        case when is_first_spell then 0 else 1 end as returned_spells,
        0 as voluntary_churns,
        0 as involuntary_churns,
        0 as lasting_voluntary_churns
    from spells
    where started_on <= {{ last_closed_day() }}
    union all
    select
        level,
        sales_type,
        product_code,
        uno,
        ended_on as change_date,
        0 as mrr_change_krw,
        0 as lines_change,
        0 as passes_changed,
        0 as new_spells,
        0 as returned_spells,
        case when is_ended_by_choice then 1 else 0 end as voluntary_churns,
        case when is_ended_by_choice then 0 else 1 end as involuntary_churns,
        case when is_ended_by_choice and started_on < ended_on then 1 else 0 end
            as lasting_voluntary_churns
    from spells
    where is_past
),

summed as (
    select
        level,
        sales_type,
        product_code,
        uno,
        change_date,
        sum(mrr_change_krw) as mrr_change_krw,
        sum(lines_change) as lines_change,
        sum(passes_changed) as passes_changed,
        sum(new_spells) as new_spells,
        sum(returned_spells) as returned_spells,
        sum(voluntary_churns) as voluntary_churns,
        sum(involuntary_churns) as involuntary_churns,
        sum(lasting_voluntary_churns) as lasting_voluntary_churns
    from changes
    group by level, sales_type, product_code, uno, change_date
),

final as (
    select
        level,
        sales_type,
        product_code,
        uno,
        change_date,
        cast(mrr_change_krw as numeric(18, 2)) as mrr_change_krw,
        cast(
            sum(mrr_change_krw) over (
                partition by level, sales_type, product_code, uno
                order by change_date
                rows between unbounded preceding and current row
            ) as numeric(18, 2)
        ) as mrr_krw,
        cast(lines_change as int64) as lines_change,
        passes_changed > 0 as is_other_product,
        cast(new_spells as int64) as new_spells,
        cast(returned_spells as int64) as returned_spells,
        cast(voluntary_churns as int64) as voluntary_churns,
        cast(involuntary_churns as int64) as involuntary_churns,
        lasting_voluntary_churns > 0 as is_left_by_choice
    from summed
)

select * from final
