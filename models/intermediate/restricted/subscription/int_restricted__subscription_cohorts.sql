{{ config(**table_design(cluster=['uno'])) }}

with

-- the first spell of a sales type begins with the first one of its products
spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
    where
        level = 'product'
        and is_first_spell
        and started_on <= {{ last_closed_day() }}
),

ranked as (
    select
        uno,
        sales_type,
        product_code,
        started_on,
        row_number() over (
            partition by uno, sales_type
            order by started_at, product_code
        ) as product_number
    from spells
),

final as (
    select
        uno,
        sales_type,
        {{ month_start('started_on') }} as cohort_month,
        product_code as first_product_code
    from ranked
    where product_number = 1
)

select * from final
