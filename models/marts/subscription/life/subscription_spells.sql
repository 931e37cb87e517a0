{{ config(**view_design()) }}

with

spells as (
    select * from {{ ref('int_subscription__spells') }}
    where started_on <= {{ last_closed_day() }}
),

final as (
    select
        spells.level,
        spells.sales_type,
        spells.product_code,
        spells.hash_uno,
        spells.spell_number,
        spells.is_first_spell,
        spells.started_at,
        spells.started_on,
        spells.ended_at,
        spells.ended_on,
        spells.is_past,
        {{ end_kind('spells') }} as end_kind,
        {{ tenure_days('spells') }} as tenure_days,
        spells.paid_periods
    from spells
)

select * from final
