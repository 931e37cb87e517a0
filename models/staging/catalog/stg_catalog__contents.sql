with

contents as (
    select * from {{ source('catalog', 'content') }}
),

final as (
    select
        {{ clean_text('content_id') }} as content_id,
        {{ clean_text('program_id') }} as program_id,
        {{ clean_text('content_type') }} as content_type,
        {{ clean_text('title') }} as title,
        episode_number,
        runtime_seconds,
        released_at,
        updated_at
    from contents
)

select * from final
