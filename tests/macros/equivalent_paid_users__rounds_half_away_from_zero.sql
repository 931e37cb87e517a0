-- The amounts are multiples of the price, whatever it is. 0.00005, 0.00015 and 0.00055 are
-- exact halves of the 4th decimal; at 7,900 KRW float64 holds the last as a little less.
with

cases as (
    select
        cast(1 as float64) as equivalents,
        1 as expected
    union all
    select
        cast(0 as float64) as equivalents,
        0 as expected
    union all
    select
        0.00005 as equivalents,
        0.0001 as expected
    union all
    select
        0.00015 as equivalents,
        0.0002 as expected
    union all
    select
        0.00055 as equivalents,
        0.0006 as expected
    union all
    select
        0.0000499 as equivalents,
        0 as expected
    union all
    select
        cast(10 as float64) / 12 as equivalents,
        0.8333 as expected
),

amounts as (
    select
        equivalents * {{ var('equivalent_price_krw') }} as monthly_amount_krw,
        expected
    from cases
)

select *
from amounts
where {{ equivalent_paid_users('monthly_amount_krw') }} != cast(expected as numeric(18, 4))
