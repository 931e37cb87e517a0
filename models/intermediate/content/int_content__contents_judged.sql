{{ config(**table_design()) }}

with

contents as (
    select * from {{ ref('stg_catalog__contents') }}
),

reasoned as (
    select
        *,
        case when content_id is null then 'missing_key' end as quarantine_reason
    from contents
),

ranked as (
    select
        *,
        row_number() over (
            partition by content_id, quarantine_reason
            order by
                updated_at desc nulls last,
                program_id desc nulls last,
                content_type desc nulls last,
                title desc nulls last,
                episode_number desc nulls last,
                runtime_seconds desc nulls last,
                released_at desc nulls last
        ) as copy_number
    from reasoned
),

final as (
    select
        content_id,
        program_id,
        content_type,
        title,
        episode_number,
        runtime_seconds,
        released_at,
        updated_at,
        quarantine_reason,
        {{ row_outcome() }} as outcome
    from ranked
)

select * from final
