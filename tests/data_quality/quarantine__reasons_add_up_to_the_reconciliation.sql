/*
**What is this test?** The refused rows by reason add up to those of the reconciliation,
for every source table.
**When is this important to resolve?** Before anybody acts on the reasons: a refused row
is missing from the quarantine, or is there twice.
**How to resolve?** Compare the `quarantine_` model of the system with its `_judged`
model; a join on the account must not lose or repeat rows.
*/
with

reasons as (
    select
        system,
        table_name,
        sum(quarantined_rows) as quarantined_rows
    from {{ ref('log_quarantine_reasons') }}
    group by system, table_name
),

reconciliation as (
    select * from {{ ref('log_reconciliation') }}
)

select
    reconciliation.system,
    reconciliation.table_name,
    reconciliation.quarantined_rows,
    reasons.quarantined_rows as rows_by_reason
from reconciliation
left join reasons
    on
        reconciliation.system = reasons.system
        and reconciliation.table_name = reasons.table_name
where reconciliation.quarantined_rows != coalesce(reasons.quarantined_rows, 0)
