select
    *,
    max(ended_at) over (
        partition by uno, profile_id, device_id
        order by started_at, ended_at, log_id
        rows between unbounded preceding and 1 preceding
    ) as covered_until
from {{ ref('viewing_logs_ranked') }}
where copy_number = 1
