-- With the default price of 7,900 KRW. 0.395, 1.185 and 4.345 are worth exact halves of
-- the 4th decimal; float64 holds 4.345 / 7900 as a little less than 0.00055.
with

cases as (
    select
        cast(7900 as float64) as monthly_amount_krw,
        1 as expected,
    union all
    select
        cast(0 as float64) as monthly_amount_krw,
        0 as expected,
    union all
    select
        0.395 as monthly_amount_krw,
        0.0001 as expected,
    union all
    select
        1.185 as monthly_amount_krw,
        0.0002 as expected,
    union all
    select
        4.345 as monthly_amount_krw,
        0.0006 as expected
    union all
    select
        0.3949 as monthly_amount_krw,
        0 as expected,
    union all
    select
        cast(79000 as float64) / 12 as monthly_amount_krw,
        0.8333 as expected,
)

select *
from cases
where {{ equivalent_paid_users('monthly_amount_krw') }} != cast(expected as numeric(18, 4))
