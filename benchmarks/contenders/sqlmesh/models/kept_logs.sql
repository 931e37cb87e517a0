model (
    name textbook.kept_logs,
    kind full,
    grain (log_id),
    description 'Rows of the viewing log that no reason refuses, each log_id once.'
);

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
        @raw || '/player/viewing_log/**/*.parquet',
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
        @raw || '/catalog/content/**/*.parquet', hive_partitioning = false
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
)

select
    viewing_logs_ranked.log_id,
    viewing_logs_ranked.uno,
    viewing_logs_ranked.profile_id,
    viewing_logs_ranked.device_id,
    viewing_logs_ranked.device_type,
    viewing_logs_ranked.started_at,
    viewing_logs_ranked.ended_at,
    viewing_logs_ranked.play_seconds,
    contents_kept.program_id,
    contents_kept.content_type,
    contents_kept.runtime_seconds
from viewing_logs_ranked
inner join contents_kept on viewing_logs_ranked.content_id = contents_kept.content_id
where viewing_logs_ranked.copy_number = 1
