model (
    name textbook.viewing_daily,
    kind full,
    grain (view_date, program_id, content_type, device_type),
    description 'Viewing by KST date, program, content type and device type.'
);

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
        case
            when
                try(cast(updated_at as timestamp)) >= timestamp '0001-01-01'
                and try(cast(updated_at as timestamp)) < timestamp '10000-01-01'
                then try(cast(updated_at as timestamp))
        end as updated_at
    from read_parquet(
        @raw || '/catalog/program/**/*.parquet', hive_partitioning = false
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
),

programs_kept as (
    select
        program_id,
        title as program_title,
        genre
    from programs_ranked
    where copy_number = 1
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
    from textbook.plays
    where view_date <= cast(@last_day as date)
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
