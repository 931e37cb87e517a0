-- The contents of the catalogue that are current. Needs the variable raw (the raw folder).
with

contents as (
    select
        nullif(trim(content_id, ' '), '') as content_id,
        nullif(trim(program_id, ' '), '') as program_id,
        nullif(trim(content_type, ' '), '') as content_type,
        nullif(trim(title, ' '), '') as title,
        episode_number,
        runtime_seconds,
        instant(released_at) as released_at,
        instant(updated_at) as updated_at
    from read_parquet(
        getvariable('raw') || '/catalog/content/**/*.parquet', hive_partitioning = false
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
)

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
