-- also across a leap day; who is born later is not even 0
with

cases as (
    select
        date '1990-03-02' as birth_date,
        date '2026-03-02' as day,
        36 as expected
    union all
    select
        date '1990-03-03' as birth_date,
        date '2026-03-02' as day,
        35 as expected
    union all
    select
        date '1990-12-31' as birth_date,
        date '2026-01-05' as day,
        35 as expected
    union all
    select
        date '2004-02-29' as birth_date,
        date '2026-02-28' as day,
        21 as expected
    union all
    select
        date '2004-02-29' as birth_date,
        date '2026-03-01' as day,
        22 as expected
    union all
    select
        date '2026-03-02' as birth_date,
        date '2026-03-02' as day,
        0 as expected
    union all
    select
        date '2026-03-03' as birth_date,
        date '2026-03-02' as day,
        -1 as expected
    union all
    select
        cast(null as date) as birth_date,
        date '2026-03-02' as day,
        null as expected
)

select *
from cases
where {{ age_on('birth_date', 'day') }} is distinct from expected
