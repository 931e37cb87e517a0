{{ config(**table_design()) }}

with

programs_judged as (
    select * from {{ ref('int_content__programs_judged') }}
),

final as (
    select
        program_id,
        title as program_title,
        title_en as program_title_en,
        genre,
        channel,
        is_original,
        cast_names,
        synopsis,
        first_released_on,
        updated_at
    from programs_judged
    where outcome = 'kept'
)

select * from final
