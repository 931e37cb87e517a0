/*
**What is this test?** Of each log, at most the share `max_quarantined_share` (variable)
of the raw rows is refused. A single refused row never fails a build, this does.
**When is this important to resolve?** Before the morning report: a player or billing
release most likely changed what it sends.
**How to resolve?** `log_quarantine_reasons` says why, the `quarantine_` model of the
system shows the rows. Mend the sender; raise the variable only if the rows are truly
worthless.
*/
select
    system,
    table_name,
    raw_rows,
    quarantined_rows
from {{ ref('log_reconciliation') }}
where
    table_name in ('viewing_log', 'subscription_event')
    and quarantined_rows / nullif(raw_rows, 0) > {{ var('max_quarantined_share') }}
