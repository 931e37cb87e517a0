/*
**What is this test?** The rows of every level run to `run_date` and no further.
**When is this important to resolve?** Before the numbers go out: yesterday is missing, or
an open day is shown.
**How to resolve?** Look at the dates of `int_subscription__level_days`.
*/
select
    level,
    sales_type,
    product_code,
    max(snapshot_date) as last_date
from {{ ref('paid_subscribers_daily') }}
group by level, sales_type, product_code
having max(snapshot_date) != {{ last_closed_day() }}
