{{ config(**table_design()) }}

with

rows_by_ingest_date as (
    select * from {{ ref('int_reconciliation__rows_by_ingest_date') }}
),

final as (
    select
        system,
        table_name,
        cast(sum(raw_rows) as int64) as raw_rows,
        cast(sum(kept_rows) as int64) as kept_rows,
        cast(sum(duplicate_rows) as int64) as duplicate_rows,
        cast(sum(quarantined_rows) as int64) as quarantined_rows
    from rows_by_ingest_date
    group by system, table_name
)

select * from final
