{{ config(**table_design(cluster=['uno', 'content_id'])) }}

with

viewing_logs_judged as (
    select * from {{ ref('int_restricted__viewing_logs_judged') }}
),

covered as (
    select
        *,
        max(ended_at) over (
            partition by uno, profile_id, device_id
            order by started_at, ended_at, log_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from viewing_logs_judged
    where outcome = 'kept'
),

measured as (
    select
        *,
        {{ whole_seconds_between('started_at', 'ended_at') }} as interval_seconds,
        case
            when covered_until is null or covered_until <= started_at
                then {{ whole_seconds_between('started_at', 'ended_at') }}
            when covered_until >= ended_at then 0
            else {{ whole_seconds_between('covered_until', 'ended_at') }}
        end as uncovered_seconds
    from covered
),

final as (
    select
        log_id,
        uno,
        profile_id,
        device_id,
        device_type,
        app_version,
        content_id,
        charge_type,
        started_at,
        ended_at,
        play_seconds as reported_seconds,
        interval_seconds,
        least(play_seconds, uncovered_seconds) as watched_seconds,
        least(play_seconds, interval_seconds) - least(play_seconds, uncovered_seconds)
            as overlap_seconds,
        play_seconds - least(play_seconds, interval_seconds) as excess_seconds
    from measured
)

select * from final
