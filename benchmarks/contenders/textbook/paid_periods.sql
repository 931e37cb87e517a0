-- The paid periods once for each of the three levels.
select
    'total' as level,
    'ALL' as level_sales_type,
    'ALL' as level_product_code,
    *
from periods
where counts
union all
select
    'sales_type' as level,
    sales_type as level_sales_type,
    'ALL' as level_product_code,
    *
from periods
where counts
union all
select
    'product' as level,
    sales_type as level_sales_type,
    product_code as level_product_code,
    *
from periods
where counts
