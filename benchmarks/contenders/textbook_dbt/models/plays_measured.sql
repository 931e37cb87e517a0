select
    uno,
    content_id,
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
from {{ ref('plays_covered') }}
