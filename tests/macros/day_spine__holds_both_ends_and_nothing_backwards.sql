with

ranges as (
    select
        'three' as range_name,
        date '2024-02-28' as first_date,
        date '2024-03-01' as last_date
    union all
    select
        'one' as range_name,
        date '2026-03-01' as first_date,
        date '2026-03-01' as last_date
    union all
    select
        'backwards' as range_name,
        date '2026-03-02' as first_date,
        date '2026-03-01' as last_date,
),

expected as (
    select
        'three' as range_name,
        date '2024-02-28' as spine_date
    union all
    select
        'three' as range_name,
        date '2024-02-29' as spine_date
    union all
    select
        'three' as range_name,
        date '2024-03-01' as spine_date
    union all
    select
        'one' as range_name,
        date '2026-03-01' as spine_date,
),

actual as (
    select
        ranges.range_name,
        spine_date,
    from ranges
    cross join {{ day_spine('ranges.first_date', 'ranges.last_date', 'spine_date') }}
)

select
    actual.range_name,
    actual.spine_date,
from actual
full outer join expected
    on
        actual.range_name = expected.range_name
        and actual.spine_date = expected.spine_date
where actual.range_name is null or expected.range_name is null
