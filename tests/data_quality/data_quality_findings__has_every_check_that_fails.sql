{{ config(tags=['kept_results']) }}
/*
**What is this test?** Every check whose result on the newest date is a failure is among
the findings, once; those that count the findings of a detector are left out.
**When is this important to resolve?** At once: `ott alerts` would not tell it.
**How to resolve?** Look at `int_data_quality__failed_check_findings`.
*/
with

checks as (
    select * from {{ ref('quality_checks_daily') }}
    where not ends_with(check_name, '__has_no_open_problem')
),

newest as (
    select max(check_date) as newest_date
    from checks
),

failing as (
    select checks.check_id
    from checks
    inner join newest on checks.check_date = newest.newest_date
    where checks.status in ('warn', 'fail', 'error')
),

findings as (
    select
        finding_key,
        count(*) as finding_rows
    from {{ ref('data_quality_findings') }}
    where detector = 'failed_check'
    group by finding_key
)

select
    failing.check_id,
    findings.finding_rows
from failing
left join findings on failing.check_id = findings.finding_key
where coalesce(findings.finding_rows, 0) != 1
