{{ config(**table_design(partition='month_start', cluster=['level', 'product_code'])) }}

with

spells as (
    select
        *,
        case when is_past then ended_on else {{ date_plus(last_closed_day(), 1) }} end
            as covered_until
    from {{ ref('int_restricted__subscription_spells') }}
    where started_on <= {{ last_closed_day() }}
),

level_days as (
    select * from {{ ref('int_subscription__level_days') }}
),

months as (
    select distinct {{ month_start('snapshot_date') }} as month_start
    from level_days
    where {{ is_month_over(month_start('snapshot_date')) }}
),

-- millions of spells, but few pairs of dates
dated as (
    select
        level,
        sales_type,
        product_code,
        started_on,
        covered_until,
        is_past,
        count(*) as spells,
        countif(is_ended_by_choice) as spells_ended_by_choice
    from spells
    group by level, sales_type, product_code, started_on, covered_until, is_past
),

-- who was there at the end of the day before; nobody is there twice at a level
there_at_start as (
    select
        months.month_start,
        dated.level,
        dated.sales_type,
        dated.product_code,
        {{ days_between('dated.started_on', 'months.month_start') }} as days_until_start,
        dated.spells,
        dated.spells_ended_by_choice,
        dated.is_past and {{ month_start('dated.covered_until') }} = months.month_start
            as is_churned
    from months
    inner join dated
        on
            months.month_start > dated.started_on
            and months.month_start <= dated.covered_until
),

counted as (
    select
        month_start,
        level,
        sales_type,
        product_code,
        {{ tenure_band_start('days_until_start') }} as tenure_days_from,
        {{ tenure_band('days_until_start') }} as tenure_band,
        sum(spells) as subscribers_at_start,
        sum(case when is_churned then spells else 0 end) as churned,
        sum(case when is_churned then spells_ended_by_choice else 0 end)
            as voluntary_churned
    from there_at_start
    group by
        month_start,
        level,
        sales_type,
        product_code,
        {{ tenure_band_start('days_until_start') }},
        {{ tenure_band('days_until_start') }}
),

final as (
    select
        month_start,
        level,
        sales_type,
        product_code,
        tenure_band,
        cast(tenure_days_from as int64) as tenure_days_from,
        cast(subscribers_at_start as int64) as subscribers_at_start,
        cast(churned as int64) as churned_subscribers,
        cast(voluntary_churned as int64) as voluntary_churned_subscribers,
        churned / nullif(subscribers_at_start, 0) as churn_rate,
        voluntary_churned / nullif(churned, 0) as voluntary_share
    from counted
)

select * from final
