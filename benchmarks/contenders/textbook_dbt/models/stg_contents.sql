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
    '{{ env_var('BENCH_RAW') }}/catalog/content/**/*.parquet', hive_partitioning = false
)
