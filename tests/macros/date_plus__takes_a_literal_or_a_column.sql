with

cases as (
    select
        date '2024-02-28' as start_date,
        cast(2 as int64) as days,
        date '2024-03-01' as expected
    union all
    select
        date '2026-01-01' as start_date,
        cast(-1 as int64) as days,
        date '2025-12-31' as expected
    union all
    select
        date '2026-01-01' as start_date,
        cast(null as int64) as days,
        null as expected,
)

select *
from cases
where
    {{ date_plus('start_date', 'days') }} is distinct from expected
    or {{ date_plus("date '2026-12-28'", 7) }} != date '2027-01-04'
