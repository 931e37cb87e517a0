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
    '{{ env_var('BENCH_RAW') }}/player/viewing_log/**/*.parquet',
    hive_partitioning = true,
    hive_types = {'ingest_date': date}
)
