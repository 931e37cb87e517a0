-- Membership spells: the paid periods of an account at a level, merged where they touch.
with

covered as (
    select
        *,
        max(ended_at) over (
            partition by level, level_sales_type, level_product_code, uno
            order by started_at, ended_at
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from paid_periods
),

numbered as (
    select
        *,
        count(*) filter (where covered_until is null or started_at > covered_until) over (
            partition by level, level_sales_type, level_product_code, uno
            order by started_at, ended_at
            rows between unbounded preceding and current row
        ) as spell_number
    from covered
),

merged as (
    select
        level,
        level_sales_type,
        level_product_code,
        uno,
        spell_number,
        min(started_at) as started_at,
        max(ended_at) as ended_at,
        max(ended_at) filter (where is_voluntary) as voluntarily_ended_at
    from numbered
    group by level, level_sales_type, level_product_code, uno, spell_number
)

select
    level,
    level_sales_type,
    level_product_code,
    uno,
    spell_number,
    started_at,
    ended_at,
    cast(started_at + interval 9 hour as date) as started_on,
    cast(ended_at + interval 9 hour as date) as ended_on,
    coalesce(voluntarily_ended_at = ended_at, false) as is_voluntary
from merged
