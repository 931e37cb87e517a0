select
    viewing_logs.*,
    case
        when
            viewing_logs.log_id is null
            or viewing_logs.uno is null
            or viewing_logs.profile_id is null
            or viewing_logs.device_id is null
            or viewing_logs.content_id is null
            or viewing_logs.started_at is null
            or viewing_logs.ended_at is null
            or viewing_logs.ingested_at is null
            then 'missing_key'
        when viewing_logs.ended_at < viewing_logs.started_at
            then 'end_before_start'
        when
            date_diff('microsecond', viewing_logs.started_at, viewing_logs.ended_at)
            > 24 * 3600000000
            then 'too_long'
        when
            date_diff('microsecond', viewing_logs.ingested_at, viewing_logs.started_at)
            > 10 * 60000000
            then 'in_the_future'
        when
            viewing_logs.started_at
            < timestamp '2011-01-01 00:00:00' - interval 9 hour
            then 'before_history'
        when
            viewing_logs.play_seconds is null
            or viewing_logs.play_seconds < 0
            or viewing_logs.play_seconds > 24 * 3600
            then 'bad_play_seconds'
        when
            viewing_logs.charge_type is null
            or viewing_logs.charge_type not in ('FREE', 'SVOD', 'TVOD')
            then 'unknown_charge_type'
        when contents_kept.content_id is null then 'unknown_content'
    end as quarantine_reason
from {{ ref('stg_viewing_logs') }} as viewing_logs
left join {{ ref('contents_kept') }} as contents_kept
    on viewing_logs.content_id = contents_kept.content_id
