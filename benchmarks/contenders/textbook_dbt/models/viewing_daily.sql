select
    plays_aggregated.view_date,
    plays_aggregated.program_id,
    programs_kept.program_title,
    programs_kept.genre,
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
from {{ ref('plays_aggregated') }} as plays_aggregated
left join {{ ref('programs_kept') }} as programs_kept
    on plays_aggregated.program_id = programs_kept.program_id
