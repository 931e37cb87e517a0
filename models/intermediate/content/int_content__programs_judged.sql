{{ config(**table_design()) }}

with

programs as (
    select * from {{ ref('stg_catalog__programs') }}
),

reasoned as (
    select
        *,
        case when program_id is null then 'missing_key' end as quarantine_reason
    from programs
),

ranked as (
    select
        *,
        row_number() over (
            partition by program_id, quarantine_reason
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
    from reasoned
),

final as (
    select
        program_id,
        title,
        title_en,
        genre,
        channel,
        is_original,
        cast_names,
        synopsis,
        first_released_on,
        updated_at,
        quarantine_reason,
        {{ row_outcome() }} as outcome
    from ranked
)

select * from final
