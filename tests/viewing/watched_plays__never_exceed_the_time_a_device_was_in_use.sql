/*
**What is this test?** The watched seconds of a profile on a device never exceed the
union of its plays' intervals, computed here another way: as islands.
**When is this important to resolve?** At once: viewing time is counted twice.
**How to resolve?** Look at the window in `int_restricted__watched_plays`: its partition,
its order, its frame.
*/
with

plays as (
    select * from {{ ref('int_restricted__watched_plays') }}
),

marked as (
    select
        uno,
        profile_id,
        device_id,
        started_at,
        ended_at,
        watched_seconds,
        case
            when
                started_at <= max(ended_at) over (
                    partition by uno, profile_id, device_id
                    order by started_at, ended_at, log_id
                    rows between unbounded preceding and 1 preceding
                )
                then 0
            else 1
        end as opens_island,
        log_id
    from plays
),

numbered as (
    select
        *,
        sum(opens_island) over (
            partition by uno, profile_id, device_id
            order by started_at, ended_at, log_id
            rows between unbounded preceding and current row
        ) as island_number
    from marked
),

islands as (
    select
        uno,
        profile_id,
        device_id,
        island_number,
        min(started_at) as started_at,
        max(ended_at) as ended_at,
        sum(watched_seconds) as watched_seconds
    from numbered
    group by uno, profile_id, device_id, island_number
)

select *
from islands
where watched_seconds > {{ whole_seconds_between('started_at', 'ended_at') }}
