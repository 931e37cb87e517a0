{{ config(**table_design(cluster=['group_type', 'group_key'])) }}

with

lifetimes as (
    select * from {{ ref('int_subscription__lifetimes') }}
),

products as (
    select * from {{ ref('products') }}
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

-- the last day of a group is the longest that one of its spells was seen
groups_shown as (
    select
        group_type,
        group_key,
        max(lasted_days) as longest_days
    from lifetimes
    group by group_type, group_key
    having sum(accounts) >= {{ var('k_anonymity') }}
),

-- days are counted as dates, the one kind of series that both engines make alike
tenure_days as (
    select
        groups_shown.group_type,
        groups_shown.group_key,
        {{ days_between("date '2000-01-01'", 'counted_date') }} as tenure_day
    from groups_shown
    cross join {{ day_spine(
        "date '2000-01-01'",
        date_plus("date '2000-01-01'", 'groups_shown.longest_days'),
        'counted_date'
    ) }}
),

counted as (
    select
        tenure_days.group_type,
        tenure_days.group_key,
        tenure_days.tenure_day,
        coalesce(lifetimes.churned_spells, 0) as churned,
        coalesce(lifetimes.spells - lifetimes.churned_spells, 0) as censored,
        sum(coalesce(lifetimes.spells, 0)) over (
            partition by tenure_days.group_type, tenure_days.group_key
            order by tenure_days.tenure_day desc
            rows between unbounded preceding and current row
        ) as at_risk
    from tenure_days
    left join lifetimes
        on
            tenure_days.group_type = lifetimes.group_type
            and tenure_days.group_key = lifetimes.group_key
            and tenure_days.tenure_day = lifetimes.lasted_days
),

multiplied as (
    select
        *,
        sum(ln(nullif(at_risk - churned, 0) / at_risk)) over (
            partition by group_type, group_key
            order by tenure_day
            rows between unbounded preceding and current row
        ) as log_survival
    from counted
),

final as (
    select
        multiplied.group_type,
        multiplied.group_key,
        case multiplied.group_type
            when 'product' then products.product_name
            when 'first_program' then programs.program_title
            else multiplied.group_key
        end as group_name,
        cast(multiplied.tenure_day as int64) as tenure_day,
        cast(multiplied.at_risk as int64) as at_risk,
        cast(multiplied.churned as int64) as churned,
        cast(multiplied.censored as int64) as censored,
        -- nobody is left once all that are at risk churn, on the group's last day
        case
            when multiplied.at_risk = multiplied.churned then 0
            else round(exp(multiplied.log_survival), 12)
        end as survival
    from multiplied
    left join products on multiplied.group_key = products.product_code
    left join programs on multiplied.group_key = programs.program_id
)

select * from final
