-- Newcombe (1998), method 10, examples (a), (d) and (g), as printed to four decimals
with

cases as (
    select
        56 as successes,
        70 as trials,
        48 as other_successes,
        80 as other_trials,
        0.0524e0 as low,
        0.3339e0 as high
    union all
    select
        5 as successes,
        56 as trials,
        0 as other_successes,
        29 as other_trials,
        -0.0381e0 as low,
        0.1926e0 as high
    union all
    select
        10 as successes,
        10 as trials,
        0 as other_successes,
        20 as other_trials,
        0.6791e0 as low,
        1.0e0 as high
),

computed as (
    select
        *,
        {{ newcombe_bound('successes', 'trials', 'other_successes', 'other_trials', '-') }}
            as found_low,
        {{ newcombe_bound('successes', 'trials', 'other_successes', 'other_trials', '+') }}
            as found_high
    from cases
)

select *
from computed
where abs(found_low - low) > 0.00006 or abs(found_high - high) > 0.00006
