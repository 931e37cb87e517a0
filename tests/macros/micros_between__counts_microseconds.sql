with

cases as (
    select
        timestamp '2026-03-01 00:00:00' as first_instant,
        timestamp '2026-03-01 00:00:00.000001' as second_instant,
        1 as expected
    union all
    select
        timestamp '2026-03-01 00:00:01' as first_instant,
        timestamp '2026-03-01 00:00:00.999999' as second_instant,
        -1 as expected
    union all
    select
        timestamp '0001-01-01 00:00:00' as first_instant,
        timestamp '9999-12-31 23:59:59.999999' as second_instant,
        315537897599999999 as expected
    union all
    select
        timestamp '2026-03-01 00:00:00' as first_instant,
        cast(null as timestamp) as second_instant,
        null as expected,
)

select *
from cases
where {{ micros_between('first_instant', 'second_instant') }} is distinct from expected
