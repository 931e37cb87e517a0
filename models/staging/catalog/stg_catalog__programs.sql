with

programs as (
    select * from {{ source('catalog', 'program') }}
),

final as (
    select
        {{ clean_text('program_id') }} as program_id,
        {{ clean_text('title') }} as title,
        {{ clean_text('title_en') }} as title_en,
        {{ clean_text('genre') }} as genre,
        {{ clean_text('channel') }} as channel,
        is_original,
        {{ clean_text('cast_names') }} as cast_names,
        {{ clean_text('synopsis') }} as synopsis,
        first_released_on,
        updated_at
    from programs
)

select * from final
