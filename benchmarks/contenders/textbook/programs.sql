-- The programmes of the catalogue that are current. Needs the variable raw.
with

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
        instant(updated_at) as updated_at
    from read_parquet(
        getvariable('raw') || '/catalog/program/**/*.parquet', hive_partitioning = false
    )
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
)

select
    program_id,
    title as program_title,
    genre
from programs_ranked
where copy_number = 1
