{{ config(severity='warn') }}
/*
**What is this test?** Each table that the core marts need holds at least one row; a
company may have no push system.
**When is this important to resolve?** Always on production; on a first try with part of
the logs the empty marts may be what you expect.
**How to resolve?** Run `ott check-raw` on the raw folder: it names the empty table.
*/
select
    system,
    table_name
from {{ ref('log_reconciliation') }}
where raw_rows = 0 and system != 'crm'
