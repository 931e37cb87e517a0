-- 4.74 for 12 months is 0.395, which float64 holds as a little more, 0.18 is 0.015, a
-- little less; and the largest amount there is keeps its last decimal
with

cases as (
    select
        7900 as amount_krw,
        1 as billing_months,
        7900 as expected
    union all
    select
        79000 as amount_krw,
        12 as billing_months,
        6583.33 as expected
    union all
    select
        4.74 as amount_krw,
        12 as billing_months,
        0.40 as expected
    union all
    select
        0.18 as amount_krw,
        12 as billing_months,
        0.02 as expected
    union all
    select
        0.05 as amount_krw,
        12 as billing_months,
        0 as expected
    union all
    select
        999999999999.99 as amount_krw,
        1 as billing_months,
        999999999999.99 as expected
),

typed as (
    select
        cast(amount_krw as numeric(18, 2)) as amount_krw,
        billing_months,
        cast(expected as numeric(18, 2)) as expected
    from cases
)

select *
from typed
where {{ monthly_amount('amount_krw', 'billing_months') }} != expected
