{{ config(**table_design()) }}

with

programs_judged as (
    select * from {{ ref('int_content__programs_judged') }}
),

contents_judged as (
    select * from {{ ref('int_content__contents_judged') }}
),

final as (
    select
        'program' as table_name,
        quarantine_reason,
        program_id,
        title,
        title_en,
        genre,
        channel,
        is_original,
        cast_names,
        synopsis,
        first_released_on,
        cast(null as string) as content_type,
        cast(null as int64) as episode_number,
        cast(null as int64) as runtime_seconds,
        cast(null as timestamp) as released_at,
        updated_at
    from programs_judged
    where outcome = 'quarantined'
    union all
    select
        'content' as table_name,
        quarantine_reason,
        program_id,
        title,
        cast(null as string) as title_en,
        cast(null as string) as genre,
        cast(null as string) as channel,
        cast(null as bool) as is_original,
        cast(null as string) as cast_names,
        cast(null as string) as synopsis,
        cast(null as date) as first_released_on,
        content_type,
        episode_number,
        runtime_seconds,
        released_at,
        updated_at
    from contents_judged
    where outcome = 'quarantined'
)

select * from final
