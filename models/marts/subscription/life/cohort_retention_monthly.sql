{{ config(**table_design(partition='cohort_month', cluster=['sales_type'])) }}

with

cohorts as (
    select * from {{ ref('int_restricted__subscription_cohorts') }}
),

retained as (
    select * from {{ ref('int_subscription__cohort_retained') }}
),

revenue as (
    select * from {{ ref('int_subscription__cohort_revenue') }}
),

viewing as (
    select * from {{ ref('int_subscription__cohort_viewing') }}
),

viewing_days as (
    select * from {{ ref('int_restricted__viewing_days') }}
),

level_days as (
    select * from {{ ref('int_subscription__level_days') }}
),

months as (
    select distinct {{ month_start('snapshot_date') }} as month_start
    from level_days
    where {{ is_month_over(month_start('snapshot_date')) }}
),

viewing_months as (
    select distinct {{ month_start('view_date') }} as month_start
    from viewing_days
),

cohort_sizes as (
    select
        cohort_month,
        sales_type,
        first_product_code,
        count(*) as cohort_accounts
    from cohorts
    group by cohort_month, sales_type, first_product_code
),

final as (
    select
        cohort_sizes.cohort_month,
        (extract(year from months.month_start) - extract(year from cohort_sizes.cohort_month))
        * 12
        + extract(month from months.month_start)
        - extract(month from cohort_sizes.cohort_month) as months_since,
        cohort_sizes.sales_type,
        cohort_sizes.first_product_code,
        months.month_start,
        cohort_sizes.cohort_accounts,
        coalesce(retained.retained_accounts, 0) as retained_accounts,
        coalesce(retained.retained_accounts, 0) / cohort_sizes.cohort_accounts
            as retention_rate,
        cast(coalesce(revenue.revenue_krw, 0) as numeric(18, 2)) as revenue_krw,
        -- nobody's plays are known of a month without any, so its hours are not 0
        case
            when viewing_months.month_start is not null
                then coalesce(viewing.watched_seconds, 0) / 3600
        end as viewing_hours
    from cohort_sizes
    inner join months on cohort_sizes.cohort_month <= months.month_start
    left join viewing_months on months.month_start = viewing_months.month_start
    {% for measure in ['retained', 'revenue', 'viewing'] %}
        left join {{ measure }}
            on
                cohort_sizes.cohort_month = {{ measure }}.cohort_month
                and cohort_sizes.sales_type = {{ measure }}.sales_type
                and cohort_sizes.first_product_code = {{ measure }}.first_product_code
                and months.month_start = {{ measure }}.month_start
    {% endfor %}
)

select * from final
