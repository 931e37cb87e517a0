{{ config(tags=['kept_results']) }}
/*
**What is this test?** Each check that ran on a date has its row, with the outcome of its
last run; none is there that did not run.
**When is this important to resolve?** At once: a failure may be missing from the alerts.
**How to resolve?** Compare `stg_quality__check_results` with the mart; if the mart is only
older, `dbt build --select tag:kept_results` renews it.
*/
with

results as (
    select
        check_id,
        {{ kst_date('finished_at') }} as check_date,
        max(finished_at) as last_run_at
    from {{ ref('stg_quality__check_results') }}
    group by check_id, check_date
),

checks as (
    select * from {{ ref('quality_checks_daily') }}
)

select
    results.check_id,
    results.check_date,
    results.last_run_at,
    checks.last_run_at as told_run_at
from results
full outer join checks
    on
        results.check_id = checks.check_id
        and results.check_date = checks.check_date
where results.last_run_at is distinct from checks.last_run_at
