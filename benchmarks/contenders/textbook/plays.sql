-- viewing_daily as an analyst would first write it: one step after the other, each rule
-- where it belongs, no thought for speed. Needs the variables raw (the raw folder) and
-- run_date (the last day to show).
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
        -- an instant outside the years 1 to 9999 is null
        case
            when
                try(cast(started_at as timestamp)) >= timestamp '0001-01-01'
                and try(cast(started_at as timestamp)) < timestamp '10000-01-01'
                then try(cast(started_at as timestamp))
        end as started_at,
        case
            when
                try(cast(ended_at as timestamp)) >= timestamp '0001-01-01'
                and try(cast(ended_at as timestamp)) < timestamp '10000-01-01'
                then try(cast(ended_at as timestamp))
        end as ended_at,
        play_seconds,
        case
            when
                try(cast(ingested_at as timestamp)) >= timestamp '0001-01-01'
                and try(cast(ingested_at as timestamp)) < timestamp '10000-01-01'
                then try(cast(ingested_at as timestamp))
        end as ingested_at,
        ingest_date
    from read_parquet(
        getvariable('raw') || '/player/viewing_log/**/*.parquet',
        hive_partitioning = true,
        hive_types = {'ingest_date': date}
    )
),

contents as (
    select
        nullif(trim(content_id, ' '), '') as content_id,
        nullif(trim(program_id, ' '), '') as program_id,
        nullif(trim(content_type, ' '), '') as content_type,
        nullif(trim(title, ' '), '') as title,
        episode_number,
        runtime_seconds,
        case
            when
                try(cast(released_at as timestamp)) >= timestamp '0001-01-01'
                and try(cast(released_at as timestamp)) < timestamp '10000-01-01'
                then try(cast(released_at as timestamp))
        end as released_at,
        case
            when
                try(cast(updated_at as timestamp)) >= timestamp '0001-01-01'
                and try(cast(updated_at as timestamp)) < timestamp '10000-01-01'
                then try(cast(updated_at as timestamp))
        end as updated_at
    from read_parquet(
        getvariable('raw') || '/catalog/content/**/*.parquet', hive_partitioning = false
    )
),

programs as (
    select
        nullif(trim(program_id, ' '), '') as program_id,
        nullif(trim(title, ' '), '') as title,
        nullif(trim(title_en, ' '), '') as title_en,
        nullif(trim(genre, ' '), '') as genre,
        nullif(trim(channel, ' '), '') as channel,
        is_original,
        nullif(trim(cast_names, ' '), '') as cast_names,
        nullif(trim(synopsis, ' '), '') as synopsis,
        first_released_on,
        case
            when
                try(cast(updated_at as timestamp)) >= timestamp '0001-01-01'
                and try(cast(updated_at as timestamp)) < timestamp '10000-01-01'
                then try(cast(updated_at as timestamp))
        end as updated_at
    from read_parquet(
        getvariable('raw') || '/catalog/program/**/*.parquet', hive_partitioning = false
    )
),

contents_ranked as (
    select
        *,
        row_number() over (
            partition by content_id
            order by
                updated_at desc nulls last,
                program_id desc nulls last,
                content_type desc nulls last,
                title desc nulls last,
                episode_number desc nulls last,
                runtime_seconds desc nulls last,
                released_at desc nulls last
        ) as copy_number
    from contents
    where content_id is not null
),

contents_kept as (
    select
        content_id,
        coalesce(program_id, 'UNKNOWN') as program_id,
        case
            when content_type in ('VOD', 'MOVIE', 'LIVE') then content_type
            else 'UNKNOWN'
        end as content_type,
        runtime_seconds
    from contents_ranked
    where copy_number = 1
),

programs_ranked as (
    select
        *,
        row_number() over (
            partition by program_id
            order by
                updated_at desc nulls last,
                title desc nulls last,
                title_en desc nulls last,
                genre desc nulls last,
                channel desc nulls last,
                is_original desc nulls last,
                cast_names desc nulls last,
                synopsis desc nulls last,
                first_released_on desc nulls last
        ) as copy_number
    from programs
    where program_id is not null
),

programs_kept as (
    select
        program_id,
        title as program_title,
        genre
    from programs_ranked
    where copy_number = 1
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
            when contents_kept.content_id is null then 'unknown_content'
        end as quarantine_reason
    from viewing_logs
    left join contents_kept on viewing_logs.content_id = contents_kept.content_id
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
    from plays_covered
),

plays as (
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
    from plays_measured
    inner join contents_kept on plays_measured.content_id = contents_kept.content_id
    where plays_measured.view_date <= cast(getvariable('run_date') as date)
),

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
from plays_aggregated
left join programs_kept on plays_aggregated.program_id = programs_kept.program_id
