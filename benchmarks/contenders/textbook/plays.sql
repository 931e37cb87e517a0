-- Each play that counts, with its measured seconds: each rule where it belongs, no thought
-- for speed. Needs the variables raw and run_date (the last day to show).
with

viewing_logs as (
    select
        nullif(trim(log_id, ' '), '') as log_id,
        nullif(trim(uno, ' '), '') as uno,
        nullif(trim(profile_id, ' '), '') as profile_id,
        nullif(trim(device_id, ' '), '') as device_id,
        nullif(trim(device_type, ' '), '') as device_type,
        nullif(trim(app_version, ' '), '') as app_version,
        nullif(trim(content_id, ' '), '') as content_id,
        nullif(trim(charge_type, ' '), '') as charge_type,
        instant(started_at) as started_at,
        instant(ended_at) as ended_at,
        play_seconds,
        instant(ingested_at) as ingested_at,
        ingest_date
    from read_parquet(
        getvariable('raw') || '/player/viewing_log/**/*.parquet',
        hive_partitioning = true,
        hive_types = {'ingest_date': date}
    )
),

viewing_logs_judged as (
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
                date_diff(
                    'microsecond', viewing_logs.ingested_at, viewing_logs.started_at
                )
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
            when contents.content_id is null then 'unknown_content'
        end as quarantine_reason
    from viewing_logs
    left join contents on viewing_logs.content_id = contents.content_id
),

viewing_logs_ranked as (
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
    from viewing_logs_judged
    where quarantine_reason is null
),

plays_covered as (
    select
        *,
        max(ended_at) over (
            partition by uno, profile_id, device_id
            order by started_at, ended_at, log_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from viewing_logs_ranked
    where copy_number = 1
),

plays_measured as (
    select
        log_id,
        uno,
        content_id,
        charge_type,
        started_at,
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
    plays_measured.view_date,
    plays_measured.uno,
    plays_measured.log_id,
    plays_measured.started_at,
    plays_measured.charge_type,
    contents.program_id,
    contents.content_type,
    plays_measured.device_type,
    contents.runtime_seconds,
    plays_measured.play_seconds as reported_seconds,
    least(plays_measured.play_seconds, plays_measured.uncovered_seconds)
        as watched_seconds,
    least(plays_measured.play_seconds, plays_measured.interval_seconds)
    - least(plays_measured.play_seconds, plays_measured.uncovered_seconds)
        as overlap_seconds,
    plays_measured.play_seconds
    - least(plays_measured.play_seconds, plays_measured.interval_seconds)
        as excess_seconds
from plays_measured
inner join contents on plays_measured.content_id = contents.content_id
where plays_measured.view_date <= cast(getvariable('run_date') as date)
