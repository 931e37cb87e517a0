with

cases as (
    select
        timestamp '2026-03-01 14:59:59' as started_at,
        23 as expected
    union all
    select
        timestamp '2026-03-01 15:00:00' as started_at,
        0 as expected
    union all
    select
        timestamp '2026-03-01 00:00:00' as started_at,
        9 as expected
)

select *
from cases
where {{ kst_hour('started_at') }} is distinct from expected
