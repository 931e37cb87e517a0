with

profiles as (
    select * from {{ source('member', 'profile') }}
),

final as (
    select
        {{ clean_text('profile_id') }} as profile_id,
        {{ clean_text('uno') }} as uno,
        is_kids,
        created_at,
        updated_at
    from profiles
)

select * from final
