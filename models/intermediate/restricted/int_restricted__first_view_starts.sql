{{ config(**table_design(partition='subscription_date', cluster=['uno'])) }}

with

spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
),

final as (
    select
        started_on as subscription_date,
        uno,
        -- of two spells that start on one day the earlier gives the moment
        min(started_at) as started_at,
        -- and an account that is new that day stays new
        max(case when is_first_spell then 1 else 0 end) = 1 as is_new
    from spells
    where
        level = 'sales_type'
        and sales_type = 'B2C'
        and started_on <= {{ last_closed_day() }}
    group by started_on, uno
)

select * from final
