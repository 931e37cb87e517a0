-- a leap day counts, and the second date may be the earlier
with

cases as (
    select
        date '2026-03-01' as first_date,
        date '2026-03-01' as second_date,
        0 as expected
    union all
    select
        date '2024-02-28' as first_date,
        date '2024-03-01' as second_date,
        2 as expected
    union all
    select
        date '2026-03-08' as first_date,
        date '2026-03-01' as second_date,
        -7 as expected
    union all
    select
        cast(null as date) as first_date,
        date '2026-03-01' as second_date,
        null as expected,
)

select *
from cases
where {{ days_between('first_date', 'second_date') }} is distinct from expected
