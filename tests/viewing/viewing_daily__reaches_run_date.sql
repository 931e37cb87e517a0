{{ config(severity='warn') }}
/*
**What is this test?** The newest viewing date is `run_date`. The row shows the newest
date that there is.
**When is this important to resolve?** Before the morning report: yesterday's logs have
not arrived, or `run_date` is not the day you meant.
**How to resolve?** Wait for the logs, or build for the date shown.
*/
select max(view_date) as last_view_date
from {{ ref('viewing_daily') }}
where view_date <= {{ last_closed_day() }}
having coalesce(max(view_date), date '0001-01-01') < {{ last_closed_day() }}
