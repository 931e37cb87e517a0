model (
    name textbook.plays,
    kind full,
    description 'Kept plays with their watched, overlapping and excess seconds.'
);

with

plays_covered as (
    select
        *,
        max(ended_at) over (
            partition by uno, profile_id, device_id
            order by started_at, ended_at, log_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from textbook.kept_logs
),

plays_measured as (
    select
        uno,
        program_id,
        content_type,
        runtime_seconds,
        coalesce(device_type, 'UNKNOWN') as device_type,
        cast(started_at + interval 9 hour as date) as view_date,
        play_seconds,
        date_diff('microsecond', started_at, ended_at) // 1000000 as interval_seconds,
        case
            when covered_until is null or covered_until <= started_at
                then date_diff('microsecond', started_at, ended_at) // 1000000
            when covered_until >= ended_at then 0
            else date_diff('microsecond', covered_until, ended_at) // 1000000
        end as uncovered_seconds
    from plays_covered
)

select
    view_date,
    uno,
    program_id,
    content_type,
    device_type,
    runtime_seconds,
    play_seconds as reported_seconds,
    least(play_seconds, uncovered_seconds) as watched_seconds,
    least(play_seconds, interval_seconds) - least(play_seconds, uncovered_seconds)
        as overlap_seconds,
    play_seconds - least(play_seconds, interval_seconds) as excess_seconds
from plays_measured
