{{ config(**table_design(cluster=['uno'])) }}

with

accounts as (
    select * from {{ ref('stg_member__accounts') }}
),

reasoned as (
    select
        *,
        case when uno is null then 'missing_key' end as quarantine_reason
    from accounts
),

ranked as (
    select
        *,
        row_number() over (
            partition by uno, quarantine_reason
            order by
                updated_at desc nulls last,
                joined_at desc nulls last,
                birth_date desc nulls last,
                gender desc nulls last,
                email desc nulls last,
                phone desc nulls last,
                push_consent desc nulls last,
                marketing_consent desc nulls last,
                withdrawn_at desc nulls last
        ) as copy_number
    from reasoned
),

final as (
    select
        uno,
        joined_at,
        birth_date,
        gender,
        email,
        phone,
        push_consent,
        marketing_consent,
        withdrawn_at,
        updated_at,
        quarantine_reason,
        {{ row_outcome() }} as outcome
    from ranked
)

select * from final
