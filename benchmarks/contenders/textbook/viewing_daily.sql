-- viewing_daily as an analyst would first write it.
with

plays_aggregated as (
    select
        view_date,
        program_id,
        content_type,
        device_type,
        count(*) as views,
        count(*) filter (where watched_seconds >= 30) as valid_views,
        count(*) filter (
            where runtime_seconds > 0 and watched_seconds / runtime_seconds >= 0.9
        ) as completed_views,
        count(distinct uno) filter (where watched_seconds >= 30) as viewers,
        cast(sum(watched_seconds) as bigint) as watched_seconds,
        cast(sum(reported_seconds) as bigint) as reported_seconds,
        cast(sum(overlap_seconds) as bigint) as overlap_seconds,
        cast(sum(excess_seconds) as bigint) as excess_seconds
    from plays
    group by view_date, program_id, content_type, device_type
)

select
    plays_aggregated.view_date,
    plays_aggregated.program_id,
    programs.program_title,
    programs.genre,
    plays_aggregated.content_type,
    plays_aggregated.device_type,
    plays_aggregated.views,
    plays_aggregated.valid_views,
    plays_aggregated.completed_views,
    plays_aggregated.viewers,
    plays_aggregated.watched_seconds,
    plays_aggregated.reported_seconds,
    plays_aggregated.overlap_seconds,
    plays_aggregated.excess_seconds
from plays_aggregated
left join programs on plays_aggregated.program_id = programs.program_id
