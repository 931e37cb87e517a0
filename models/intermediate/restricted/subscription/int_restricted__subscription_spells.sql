{{ config(**table_design(cluster=['level', 'uno'])) }}

with

stretches as (
    select * from {{ ref('int_restricted__subscription_stretches') }}
),

levels as (
    select * from {{ ref('int_restricted__subscription_levels') }}
),

levelled as (
    select
        levels.level,
        case when levels.has_sales_type then stretches.sales_type else 'ALL' end
            as sales_type,
        case when levels.has_product then stretches.product_code else 'ALL' end
            as product_code,
        stretches.uno,
        stretches.started_at,
        stretches.ended_at,
        stretches.paid_periods,
        case when stretches.is_ended_by_choice then stretches.ended_at end
            as chosen_ended_at
    from stretches
    cross join levels
),

-- without a frame the rows that start together count together, in whatever order
covered as (
    select
        level,
        sales_type,
        product_code,
        uno,
        min(started_at) over so_far as first_started_at,
        max(ended_at) over so_far as covered_until,
        max(chosen_ended_at) over so_far as chosen_until,
        sum(paid_periods) over so_far as paid_periods_so_far,
        lead(started_at) over so_far as next_started_at
    from levelled
    window so_far as (
        partition by level, sales_type, product_code, uno
        order by started_at
    )
),

-- the last row of each spell knows where the next one starts
last_rows as (
    select * from covered
    where
        next_started_at is null
        or {{ micros_between('covered_until', 'next_started_at') }}
        > {{ var('grace_days') }} * 86400000000
),

merged as (
    select
        level,
        sales_type,
        product_code,
        uno,
        row_number() over spells as spell_number,
        coalesce(lag(next_started_at) over spells, first_started_at) as started_at,
        covered_until as ended_at,
        paid_periods_so_far - coalesce(lag(paid_periods_so_far) over spells, 0)
            as paid_periods,
        coalesce(chosen_until = covered_until, false) as is_ended_by_choice
    from last_rows
    window spells as (
        partition by level, sales_type, product_code, uno
        order by covered_until
    )
),

final as (
    select
        level,
        sales_type,
        product_code,
        uno,
        spell_number,
        spell_number = 1 as is_first_spell,
        started_at,
        {{ kst_date('started_at') }} as started_on,
        ended_at,
        {{ kst_date('ended_at') }} as ended_on,
        cast(paid_periods as int64) as paid_periods,
        is_ended_by_choice,
        {{ days_between(kst_date('ended_at'), last_closed_day()) }}
        >= {{ var('grace_days') }} as is_past
    from merged
)

select * from final
