-- a Monday is its own, a Sunday belongs to the Monday before, across a year's end too
with

cases as (
    select
        date '2026-03-02' as day,
        date '2026-03-02' as expected
    union all
    select
        date '2026-03-08' as day,
        date '2026-03-02' as expected
    union all
    select
        date '2026-03-07' as day,
        date '2026-03-02' as expected
    union all
    select
        date '2027-01-03' as day,
        date '2026-12-28' as expected
    union all
    select
        cast(null as date) as day,
        null as expected
)

select *
from cases
where {{ week_start('day') }} is distinct from expected
