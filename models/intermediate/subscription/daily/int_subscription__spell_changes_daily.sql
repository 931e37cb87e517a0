{{ config(materialized='view') }}

with

spells as (
    select * from {{ ref('int_subscription__spells') }}
),

starts as (
    select
        level,
        sales_type,
        product_code,
        started_on as change_date,
        1 as subscribers_change,
        case when is_first_spell then 1 else 0 end as new_subscribers,
        case when is_first_spell then 0 else 1 end as returned_subscribers,
        0 as churned_subscribers,
        0 as voluntary_churned_subscribers
    from spells
),

ends as (
    select
        level,
        sales_type,
        product_code,
        ended_on as change_date,
        -1 as subscribers_change,
        0 as new_subscribers,
        0 as returned_subscribers,
        1 as churned_subscribers,
        case when is_ended_by_choice then 1 else 0 end as voluntary_churned_subscribers
    from spells
    where is_past
),

changes as (
    select * from starts
    union all
    select * from ends
),

final as (
    select
        level,
        sales_type,
        product_code,
        change_date,
        cast(sum(subscribers_change) as int64) as subscribers_change,
        cast(sum(new_subscribers) as int64) as new_subscribers,
        cast(sum(returned_subscribers) as int64) as returned_subscribers,
        cast(sum(churned_subscribers) as int64) as churned_subscribers,
        cast(sum(voluntary_churned_subscribers) as int64)
            as voluntary_churned_subscribers
    from changes
    group by level, sales_type, product_code, change_date
)

select * from final
