{{ config(**table_design(
    partition='view_date',
    cluster=['program_id', 'device_type'],
    require_filter=true
)) }}

with

plays as (
    select * from {{ ref('int_viewing__plays') }}
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

plays_aggregated as (
    select
        view_date,
        program_id,
        content_type,
        device_type,
        count(*) as views,
        cast(countif(is_valid_view) as int64) as valid_views,
        cast(countif(is_completed_view) as int64) as completed_views,
        count(distinct case when is_valid_view then hash_uno end) as viewers,
        cast(sum(watched_seconds) as int64) as watched_seconds,
        cast(sum(reported_seconds) as int64) as reported_seconds,
        cast(sum(overlap_seconds) as int64) as overlap_seconds,
        cast(sum(excess_seconds) as int64) as excess_seconds
    from plays
    where view_date <= {{ last_closed_day() }}
    group by view_date, program_id, content_type, device_type
),

final as (
    select
        plays_aggregated.view_date,
        plays_aggregated.program_id,
        programs.program_title,
        programs.genre,
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
    left join programs on plays_aggregated.program_id = programs.program_id
)

select * from final
