{{ config(materialized='view') }}

with

cohorts as (
    select * from {{ ref('int_restricted__subscription_cohorts') }}
),

spells as (
    select
        *,
        case when is_past then ended_on else {{ date_plus(last_closed_day(), 1) }} end
            as covered_until
    from {{ ref('int_restricted__subscription_spells') }}
    where level = 'sales_type' and started_on <= {{ last_closed_day() }}
),

level_days as (
    select * from {{ ref('int_subscription__level_days') }}
),

months as (
    select distinct {{ month_start('snapshot_date') }} as month_start
    from level_days
),

-- a spell covers the end of each month from that of its start to that before its end
spans as (
    select
        cohorts.cohort_month,
        cohorts.sales_type,
        cohorts.first_product_code,
        {{ month_start('spells.started_on') }} as first_month,
        {{ month_start('spells.covered_until') }} as month_after,
        count(*) as accounts
    from cohorts
    inner join spells
        on cohorts.uno = spells.uno and cohorts.sales_type = spells.sales_type
    group by
        cohorts.cohort_month,
        cohorts.sales_type,
        cohorts.first_product_code,
        {{ month_start('spells.started_on') }},
        {{ month_start('spells.covered_until') }}
),

final as (
    select
        spans.cohort_month,
        spans.sales_type,
        spans.first_product_code,
        months.month_start,
        cast(sum(spans.accounts) as int64) as retained_accounts
    from spans
    inner join months
        on
            spans.first_month <= months.month_start
            and spans.month_after > months.month_start
    group by
        spans.cohort_month,
        spans.sales_type,
        spans.first_product_code,
        months.month_start
)

select * from final
