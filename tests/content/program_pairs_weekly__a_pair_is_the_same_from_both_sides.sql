/*
**What is this test?** Where a pair of programmes is shown from both sides, it has as many
viewers and the same lift, never more viewers than either programme has.
**When is this important to resolve?** Before somebody programmes by it.
**How to resolve?** Look at `both_ways` in `program_pairs_weekly`.
*/
with

pairs as (
    select * from {{ ref('program_pairs_weekly') }}
),

performance as (
    select * from {{ ref('program_performance_weekly') }}
)

select
    pairs.week_start,
    pairs.program_id,
    pairs.other_program_id,
    pairs.viewers_of_both
from pairs
left join pairs as mirrored
    on
        pairs.week_start = mirrored.week_start
        and pairs.program_id = mirrored.other_program_id
        and pairs.other_program_id = mirrored.program_id
left join performance
    on
        pairs.week_start = performance.week_start
        and pairs.other_program_id = performance.program_id
where
    pairs.viewers_of_both != coalesce(mirrored.viewers_of_both, pairs.viewers_of_both)
    or abs(pairs.lift - coalesce(mirrored.lift, pairs.lift)) > 1e-9
    or performance.viewers is null
    or pairs.viewers_of_both > performance.viewers
