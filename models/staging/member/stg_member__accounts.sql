with

accounts as (
    select * from {{ source('member', 'account') }}
),

final as (
    select
        {{ clean_text('uno') }} as uno,
        joined_at,
        birth_date,
        {{ clean_text('gender') }} as gender,
        {{ clean_text('email') }} as email,
        {{ clean_text('phone') }} as phone,
        push_consent,
        marketing_consent,
        withdrawn_at,
        updated_at
    from accounts
)

select * from final
