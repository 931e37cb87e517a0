with

cases as (
    select
        timestamp '2026-03-01 14:59:59.999999' as instant,
        date '2026-03-01' as expected
    union all
    select
        timestamp '2026-03-01 15:00:00' as instant,
        date '2026-03-02' as expected
    union all
    select
        timestamp '1988-07-01 14:59:59' as instant,
        date '1988-07-01' as expected
    union all
    select
        timestamp '9999-12-31 14:59:59.999999' as instant,
        date '9999-12-31' as expected
    union all
    select
        timestamp '9999-12-31 23:59:59.999999' as instant,
        date '9999-12-31' as expected
    union all
    select
        cast(null as timestamp) as instant,
        null as expected,
)

select *
from cases
where {{ kst_date('instant') }} is distinct from expected
