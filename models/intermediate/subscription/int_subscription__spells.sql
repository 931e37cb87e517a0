{{ config(**table_design(cluster=['level', 'hash_uno'])) }}

with

paid_periods as (
    select * from {{ ref('int_subscription__paid_periods') }}
),

preceded as (
    select
        *,
        max(ended_at) over (
            partition by level, sales_type, product_code, hash_uno
            order by started_at, ended_at, event_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from paid_periods
),

numbered as (
    select
        *,
        countif(
            covered_until is null
            or {{ micros_between('covered_until', 'started_at') }}
            > {{ var('grace_days') }} * 86400000000
        ) over (
            partition by level, sales_type, product_code, hash_uno
            order by started_at, ended_at, event_id
            rows between unbounded preceding and current row
        ) as spell_number
    from preceded
),

ended as (
    select
        *,
        max(ended_at) over (
            partition by level, sales_type, product_code, hash_uno, spell_number
        ) as spell_ended_at
    from numbered
),

merged as (
    select
        level,
        sales_type,
        product_code,
        hash_uno,
        cast(spell_number as int64) as spell_number,
        min(started_at) as started_at,
        min(started_on) as started_on,
        max(ended_at) as ended_at,
        max(ended_on) as ended_on,
        count(*) as paid_periods,
        max(case when is_ended_by_choice and ended_at = spell_ended_at then 1 else 0 end) = 1
            as is_ended_by_choice
    from ended
    group by level, sales_type, product_code, hash_uno, spell_number
),

final as (
    select
        level,
        sales_type,
        product_code,
        hash_uno,
        spell_number,
        spell_number = 1 as is_first_spell,
        started_at,
        started_on,
        ended_at,
        ended_on,
        paid_periods,
        is_ended_by_choice,
        {{ days_between('ended_on', last_closed_day()) }} >= {{ var('grace_days') }}
            as is_past
    from merged
)

select * from final
