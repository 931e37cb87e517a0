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
from {{ ref('plays') }}
group by view_date, program_id, content_type, device_type
