/*
**What is this test?** Two spells of an account at a level lie apart by more than the
grace, so no day counts an account twice.
**When is this important to resolve?** At once: subscribers, returns and churns are too
high.
**How to resolve?** Look at the merging of periods in `int_restricted__subscription_spells`.
*/
with

sequenced as (
    select
        level,
        sales_type,
        product_code,
        uno,
        ended_at,
        lead(started_at) over (
            partition by level, sales_type, product_code, uno
            order by started_at
        ) as next_started_at
    from {{ ref('int_restricted__subscription_spells') }}
)

select *
from sequenced
where
    {{ micros_between('ended_at', 'next_started_at') }}
    <= {{ var('grace_days') }} * 86400000000
