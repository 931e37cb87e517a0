{{ config(**table_design(cluster=['group_type', 'group_key'])) }}

with

-- numbers alone: the hash is not needed to tell spells apart
spells as (
    select * from {{ ref('int_restricted__subscription_spells') }}
    where started_on <= {{ last_closed_day() }} and level in ('sales_type', 'product')
),

hashed_spells as (
    select * from {{ ref('int_subscription__spells') }}
    where
        started_on <= {{ last_closed_day() }}
        and level = 'sales_type'
        and sales_type = 'B2C'
),

first_programs as (
    select * from {{ ref('int_first_view__views') }}
    where is_first_program
),

by_product as (
    select
        spells.level as group_type,
        case when spells.level = 'product' then spells.product_code else spells.sales_type end
            as group_key,
        {{ lasted_days('spells') }} as lasted_days,
        spells.is_past as is_churned,
        spells.is_first_spell as is_first_in_group
    from spells
),

-- of two spells that start on a day, First View looks at the earlier
by_program as (
    select
        'first_program' as group_type,
        first_programs.program_id as group_key,
        {{ lasted_days('hashed_spells') }} as lasted_days,
        hashed_spells.is_past as is_churned,
        row_number() over (
            partition by first_programs.program_id, first_programs.hash_uno
            order by hashed_spells.started_at
        ) = 1 as is_first_in_group,
        row_number() over (
            partition by first_programs.hash_uno, first_programs.subscription_date
            order by hashed_spells.started_at
        ) as spell_of_the_day
    from first_programs
    inner join hashed_spells
        on
            first_programs.hash_uno = hashed_spells.hash_uno
            and first_programs.subscription_date = hashed_spells.started_on
),

lifetimes as (
    select * from by_product
    union all
    select
        group_type,
        group_key,
        lasted_days,
        is_churned,
        is_first_in_group
    from by_program
    where spell_of_the_day = 1
),

final as (
    select
        group_type,
        group_key,
        cast(lasted_days as int64) as lasted_days,
        count(*) as spells,
        cast(countif(is_churned) as int64) as churned_spells,
        cast(countif(is_first_in_group) as int64) as accounts
    from lifetimes
    -- with a grace, a spell of the last days was not yet watched for churn at all
    where lasted_days >= 0
    group by group_type, group_key, lasted_days
)

select * from final
