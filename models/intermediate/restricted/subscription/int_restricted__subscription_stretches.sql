{{ config(**table_design(cluster=['uno'])) }}

with

periods as (
    select * from {{ ref('int_restricted__subscription_periods') }}
),

paid as (
    select
        uno,
        sales_type,
        product_code,
        started_at,
        ended_at,
        case when is_ended_by_choice then ended_at end as chosen_ended_at
    from periods
    where is_paid and not is_void
),

-- without a frame the rows that start together count together, in whatever order
covered as (
    select
        uno,
        sales_type,
        product_code,
        min(started_at) over so_far as first_started_at,
        max(ended_at) over so_far as covered_until,
        max(chosen_ended_at) over so_far as chosen_until,
        count(*) over so_far as paid_periods_so_far,
        lead(started_at) over so_far as next_started_at
    from paid
    window so_far as (partition by uno, sales_type, product_code order by started_at)
),

-- the last row of each stretch knows where the next one starts
last_rows as (
    select * from covered
    where
        next_started_at is null
        or {{ micros_between('covered_until', 'next_started_at') }}
        > {{ var('grace_days') }} * 86400000000
),

final as (
    select
        uno,
        sales_type,
        product_code,
        coalesce(lag(next_started_at) over stretches, first_started_at) as started_at,
        covered_until as ended_at,
        paid_periods_so_far - coalesce(lag(paid_periods_so_far) over stretches, 0)
            as paid_periods,
        coalesce(chosen_until = covered_until, false) as is_ended_by_choice
    from last_rows
    window stretches as (
        partition by uno, sales_type, product_code
        order by covered_until
    )
)

select * from final
