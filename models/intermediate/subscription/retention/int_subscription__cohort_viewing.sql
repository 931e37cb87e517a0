{{ config(materialized='view') }}

with

cohorts as (
    select * from {{ ref('int_restricted__subscription_cohorts') }}
),

viewing_days as (
    select * from {{ ref('int_restricted__viewing_days') }}
),

final as (
    select
        cohorts.cohort_month,
        cohorts.sales_type,
        cohorts.first_product_code,
        {{ month_start('viewing_days.view_date') }} as month_start,
        cast(sum(viewing_days.watched_seconds) as int64) as watched_seconds
    from viewing_days
    inner join cohorts on viewing_days.uno = cohorts.uno
    group by
        cohorts.cohort_month,
        cohorts.sales_type,
        cohorts.first_product_code,
        {{ month_start('viewing_days.view_date') }}
)

select * from final
