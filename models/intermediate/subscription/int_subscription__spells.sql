{{ config(materialized='view') }}

with

spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

final as (
    select
        spells.level,
        spells.sales_type,
        spells.product_code,
        account_hashes.hash_uno,
        spells.spell_number,
        spells.is_first_spell,
        spells.started_at,
        spells.started_on,
        spells.ended_at,
        spells.ended_on,
        spells.paid_periods,
        spells.is_ended_by_choice,
        spells.is_past
    from spells
    inner join account_hashes on spells.uno = account_hashes.uno
)

select * from final
