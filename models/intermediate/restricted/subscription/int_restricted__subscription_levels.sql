{{ config(materialized='view') }}

with

final as (
    select
        'total' as level,
        false as has_sales_type,
        false as has_product
    union all
    select
        'sales_type' as level,
        true as has_sales_type,
        false as has_product
    union all
    select
        'product' as level,
        true as has_sales_type,
        true as has_product
)

select * from final
