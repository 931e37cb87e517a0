/*
**What is this test?** Every raw row that arrived on a day was kept, left out as a
duplicate or refused: raw, counted at the source, equals the sum of the three.
**When is this important to resolve?** At once: rows are lost or counted twice, so every
mart of the system is wrong.
**How to resolve?** Look for a join that loses or repeats rows between the source and the
`_judged` model of the system named.
*/
select
    system,
    table_name,
    ingest_date,
    raw_rows,
    kept_rows,
    duplicate_rows,
    quarantined_rows
from {{ ref('int_reconciliation__rows_by_ingest_date') }}
where raw_rows != kept_rows + duplicate_rows + quarantined_rows
