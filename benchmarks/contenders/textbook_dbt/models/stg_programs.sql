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
    '{{ env_var('BENCH_RAW') }}/catalog/program/**/*.parquet', hive_partitioning = false
)
