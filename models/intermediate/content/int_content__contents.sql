{{ config(**table_design()) }}

with

contents_judged as (
    select * from {{ ref('int_content__contents_judged') }}
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

kept as (
    select
        content_id,
        title as content_title,
        episode_number,
        runtime_seconds,
        released_at,
        -- columns of a mart's grain are never null
        coalesce(program_id, 'UNKNOWN') as program_id,
        case
            when content_type in ('VOD', 'MOVIE', 'LIVE') then content_type
            else 'UNKNOWN'
        end as content_type
    from contents_judged
    where outcome = 'kept'
),

final as (
    select
        kept.content_id,
        kept.program_id,
        programs.program_title,
        programs.genre,
        kept.content_type,
        kept.content_title,
        kept.episode_number,
        kept.runtime_seconds,
        kept.released_at
    from kept
    left join programs on kept.program_id = programs.program_id
)

select * from final
