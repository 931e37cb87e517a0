/*
**What is this test?** Every raw row of the viewing log was looked at for its codes, and
`coded_values` counts each row with a device type once.
**When is this important to resolve?** When an unknown code should have been told: the
rows that were not looked at may hold one.
**How to resolve?** Compare `int_data_quality__viewing_codes` with
`int_reconciliation__viewing_log_days` by arrival date; run a backfill of the dates that
differ.
*/
with

viewing_codes as (
    select
        sum(raw_rows) as raw_rows,
        sum(case when device_type is not null then raw_rows end) as rows_with_device
    from {{ ref('int_data_quality__viewing_codes') }}
),

coded_values as (
    select sum(raw_rows) as coded_rows
    from {{ ref('coded_values') }}
    where source = 'player.viewing_log' and column_name = 'device_type'
),

reconciliation as (
    select raw_rows as sent_rows
    from {{ ref('log_reconciliation') }}
    where system = 'player' and table_name = 'viewing_log'
)

select
    viewing_codes.raw_rows,
    reconciliation.sent_rows,
    viewing_codes.rows_with_device,
    coded_values.coded_rows
from viewing_codes
cross join coded_values
cross join reconciliation
where
    coalesce(viewing_codes.raw_rows, 0) != reconciliation.sent_rows
    or coalesce(viewing_codes.rows_with_device, 0) != coalesce(coded_values.coded_rows, 0)
