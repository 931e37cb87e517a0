{{ config(**view_design()) }}

with

spells as (
    select * from {{ ref('int_subscription__spells') }}
    where started_on <= {{ last_closed_day() }}
),

final as (
    select
        level,
        sales_type,
        product_code,
        hash_uno,
        spell_number,
        is_first_spell,
        started_at,
        started_on,
        ended_at,
        ended_on,
        is_past,
        {{ end_kind('spells') }} as end_kind,
        {{ tenure_days('spells') }} as tenure_days,
        paid_periods
    from spells
)

select * from final
