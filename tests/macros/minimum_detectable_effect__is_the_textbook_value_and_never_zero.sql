-- 2.8016 × sqrt(p (1 − p) (1/n + 1/m)), one success and one failure more than there were
with

cases as (
    select
        99 as successes,
        998 as trials,
        0 as other_successes,
        0 as other_trials,
        cast(null as float64) as expected
    union all
    select
        49 as successes,
        499 as trials,
        50 as other_successes,
        499 as other_trials,
        0.05321e0 as expected
    union all
    select
        0 as successes,
        499 as trials,
        0 as other_successes,
        499 as other_trials,
        0.005606e0 as expected
),

computed as (
    select
        *,
        {{ minimum_detectable_effect(
            'successes', 'trials', 'other_successes', 'other_trials'
        ) }} as found
    from cases
)

select *
from computed
where
    (expected is null) != (found is null)
    or abs(found - expected) > 0.00001
