{{ config(**table_design()) }}

with

accounts_judged as (
    select * from {{ ref('int_restricted__accounts_judged') }}
),

profiles_judged as (
    select * from {{ ref('int_restricted__profiles_judged') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

accounts_refused as (
    select
        'account' as table_name,
        quarantine_reason,
        uno,
        gender,
        push_consent,
        marketing_consent,
        withdrawn_at,
        cast(null as bool) as is_kids,
        joined_at as created_at,
        updated_at
    from accounts_judged
    where outcome = 'quarantined'
),

profiles_refused as (
    select
        'profile' as table_name,
        quarantine_reason,
        uno,
        cast(null as string) as gender,
        cast(null as bool) as push_consent,
        cast(null as bool) as marketing_consent,
        cast(null as timestamp) as withdrawn_at,
        is_kids,
        created_at,
        updated_at
    from profiles_judged
    where outcome = 'quarantined'
),

refused as (
    select * from accounts_refused
    union all
    select * from profiles_refused
),

final as (
    select
        refused.table_name,
        refused.quarantine_reason,
        account_hashes.hash_uno,
        refused.gender,
        refused.push_consent,
        refused.marketing_consent,
        refused.withdrawn_at,
        refused.is_kids,
        refused.created_at,
        refused.updated_at
    from refused
    left join account_hashes on refused.uno = account_hashes.uno
)

select * from final
