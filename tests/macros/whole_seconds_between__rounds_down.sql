with

cases as (
    select
        timestamp '2026-03-01 00:00:00' as first_instant,
        timestamp '2026-03-01 00:00:01.999999' as second_instant,
        1 as expected
    union all
    select
        timestamp '2026-03-01 00:00:00' as first_instant,
        timestamp '2026-03-02 00:00:00' as second_instant,
        86400 as expected
    union all
    select
        timestamp '2026-03-01 00:00:00' as first_instant,
        timestamp '2026-03-01 00:00:00.999999' as second_instant,
        0 as expected,
)

select *
from cases
where
    {{ whole_seconds_between('first_instant', 'second_instant') }}
    is distinct from expected
