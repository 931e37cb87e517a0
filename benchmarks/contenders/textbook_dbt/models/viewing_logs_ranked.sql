select
    *,
    row_number() over (
        partition by log_id
        order by
            ingested_at desc nulls last,
            uno desc nulls last,
            profile_id desc nulls last,
            device_id desc nulls last,
            device_type desc nulls last,
            app_version desc nulls last,
            content_id desc nulls last,
            charge_type desc nulls last,
            started_at desc nulls last,
            ended_at desc nulls last,
            play_seconds desc nulls last,
            ingest_date desc nulls last
    ) as copy_number
from {{ ref('viewing_logs_judged') }}
where quarantine_reason is null
