{{ config(**table_design(cluster=['profile_id'])) }}

with

profiles as (
    select * from {{ ref('stg_member__profiles') }}
),

reasoned as (
    select
        *,
        case when profile_id is null then 'missing_key' end as quarantine_reason
    from profiles
),

ranked as (
    select
        *,
        row_number() over (
            partition by profile_id, quarantine_reason
            order by
                updated_at desc nulls last,
                uno desc nulls last,
                is_kids desc nulls last,
                created_at desc nulls last
        ) as copy_number
    from reasoned
),

final as (
    select
        profile_id,
        uno,
        is_kids,
        created_at,
        updated_at,
        quarantine_reason,
        {{ row_outcome() }} as outcome
    from ranked
)

select * from final
