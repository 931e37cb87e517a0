/*
**What is this test?** Each cohort has a row for every month from its own to the last one
that is over, and none after it; its size is the same in all of them.
**When is this important to resolve?** Before the table goes out: a hole reads as if the
cohort had ended, a future month as if everybody had left.
**How to resolve?** Look at the months of `cohort_retention_monthly` and at the dates of
`int_subscription__level_days`.
*/
with

cohorts as (
    select
        cohort_month,
        sales_type,
        first_product_code,
        count(*) as months,
        min(months_since) as first_months_since,
        max(months_since) as last_months_since,
        max(month_start) as last_month,
        count(distinct cohort_accounts) as sizes
    from {{ ref('cohort_retention_monthly') }}
    group by cohort_month, sales_type, first_product_code
)

select *
from cohorts
where
    first_months_since != 0
    or months != last_months_since + 1
    or sizes != 1
    or not {{ is_month_over('last_month') }}
    or {{ is_month_over(month_start(date_plus('last_month', 31))) }}
