/*
**What is this test?** The watched seconds of a profile on a device never exceed the
union of its plays' intervals, computed here another way: as islands. Of the last seven
days, and of plays that arrived once, whose device is that of their only raw row.
**When is this important to resolve?** At once: viewing time is counted twice.
**How to resolve?** Look at the window in `int_restricted__watched_plays`: its partition,
its order, its frame.
*/
with

watched_plays as (
    select * from {{ ref('int_restricted__watched_plays') }}
    where
        view_date between {{ date_plus(last_closed_day(), -6) }}
        and {{ last_closed_day() }}
),

viewing_logs as (
    select * from {{ ref('int_restricted__viewing_logs_judged') }}
    where
        quarantine_reason is null
        and ingest_date >= {{ date_plus(last_closed_day(), -7) }}
),

resent_viewing_logs as (
    select * from {{ ref('int_restricted__resent_viewing_logs') }}
),

plays as (
    select
        watched_plays.log_id,
        watched_plays.uno,
        viewing_logs.profile_id,
        viewing_logs.device_id,
        watched_plays.started_at,
        watched_plays.ended_at,
        watched_plays.watched_seconds
    from watched_plays
    inner join viewing_logs
        on
            watched_plays.log_id = viewing_logs.log_id
            and watched_plays.started_at = viewing_logs.started_at
    left join resent_viewing_logs
        on watched_plays.log_id = resent_viewing_logs.log_id
    where resent_viewing_logs.log_id is null
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
