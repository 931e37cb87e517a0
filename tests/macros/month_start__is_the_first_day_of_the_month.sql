-- a first day stays, a leap day goes to its own month, the last date there is too
with

cases as (
    select
        date '2026-03-01' as given_day,
        date '2026-03-01' as expected
    union all
    select
        date '2024-02-29' as given_day,
        date '2024-02-01' as expected
    union all
    select
        date '2025-12-31' as given_day,
        date '2025-12-01' as expected
    union all
    select
        date '9999-12-31' as given_day,
        date '9999-12-01' as expected
    union all
    select
        cast(null as date) as given_day,
        cast(null as date) as expected
)

select *
from cases
where {{ month_start('given_day') }} is distinct from expected
