/*
**What is this test?** Of each week and programme with enough viewers, the values of each
dimension add up to the viewers of `program_performance_weekly`; one with fewer has none.
**When is this important to resolve?** At once: an account is lost, or counted twice, in the
audience, and small cells could be worked out from the difference.
**How to resolve?** Look for an account with two rows in `int_restricted__accounts_judged`
that are kept, or a cell that `program_audience_weekly` merges into two places.
*/
with

audience as (
    select
        week_start,
        program_id,
        dimension,
        sum(viewers) as viewers,
        sum(viewers_share) as viewers_share
    from {{ ref('program_audience_weekly') }}
    group by week_start, program_id, dimension
),

dimensions as (
    select distinct dimension from audience
),

performance as (
    select
        program_performance.week_start,
        program_performance.program_id,
        program_performance.viewers,
        dimensions.dimension
    from {{ ref('program_performance_weekly') }} as program_performance
    cross join dimensions
    where program_performance.viewers >= {{ var('k_anonymity') }}
)

select
    performance.week_start,
    performance.program_id,
    performance.viewers,
    audience.viewers as viewers_of_dimension
from performance
full outer join audience
    on
        performance.week_start = audience.week_start
        and performance.program_id = audience.program_id
        and performance.dimension = audience.dimension
where
    performance.viewers is distinct from audience.viewers
    or abs(coalesce(audience.viewers_share, 0) - 1) > 1e-9
