select
    plays_measured.view_date,
    plays_measured.uno,
    contents_kept.program_id,
    contents_kept.content_type,
    plays_measured.device_type,
    contents_kept.runtime_seconds,
    plays_measured.play_seconds as reported_seconds,
    least(plays_measured.play_seconds, plays_measured.uncovered_seconds)
        as watched_seconds,
    least(plays_measured.play_seconds, plays_measured.interval_seconds)
    - least(plays_measured.play_seconds, plays_measured.uncovered_seconds)
        as overlap_seconds,
    plays_measured.play_seconds
    - least(plays_measured.play_seconds, plays_measured.interval_seconds)
        as excess_seconds
from {{ ref('plays_measured') }} as plays_measured
inner join {{ ref('contents_kept') }} as contents_kept
    on plays_measured.content_id = contents_kept.content_id
where plays_measured.view_date <= date '{{ env_var('BENCH_RUN_DATE') }}'
