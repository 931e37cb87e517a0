{{ config(materialized='view') }}

with

spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
),

-- millions of spells, but few pairs of dates
dated as (
    select
        level,
        sales_type,
        product_code,
        started_on,
        ended_on,
        is_past,
        count(*) as spells,
        countif(is_first_spell) as first_spells,
        countif(is_ended_by_choice) as spells_ended_by_choice
    from spells
    group by level, sales_type, product_code, started_on, ended_on, is_past
),

starts as (
    select
        level,
        sales_type,
        product_code,
        started_on as change_date,
        spells as subscribers_change,
        first_spells as new_subscribers,
        spells - first_spells as returned_subscribers,
        0 as churned_subscribers,
        0 as voluntary_churned_subscribers
    from dated
),

ends as (
    select
        level,
        sales_type,
        product_code,
        ended_on as change_date,
        -spells as subscribers_change,
        0 as new_subscribers,
        0 as returned_subscribers,
        spells as churned_subscribers,
        spells_ended_by_choice as voluntary_churned_subscribers
    from dated
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
