{{ config(**table_design()) }}

with

rows_by_ingest_date as (
    select * from {{ ref('int_reconciliation__rows_by_ingest_date') }}
),

program_days as (
    select * from {{ ref('int_viewing__program_days') }}
    where view_date <= {{ last_closed_day() }}
),

totals as (
    select
        system,
        table_name,
        cast(sum(raw_rows) as int64) as raw_rows,
        cast(sum(kept_rows) as int64) as kept_rows,
        cast(sum(duplicate_rows) as int64) as duplicate_rows,
        cast(sum(quarantined_rows) as int64) as quarantined_rows
    from rows_by_ingest_date
    group by system, table_name
),

-- the only log of which a run takes part; the other tables are read whole
plays_taken as (
    select
        'player' as system,
        'viewing_log' as table_name,
        sum(views) as taken_rows
    from program_days
),

final as (
    select
        totals.system,
        totals.table_name,
        totals.raw_rows,
        totals.kept_rows,
        totals.duplicate_rows,
        totals.quarantined_rows,
        cast(
            case
                -- a log that moved is taken on both days until both are rewritten
                when
                    plays_taken.table_name is null
                    or plays_taken.taken_rows > totals.kept_rows
                    then 0
                else totals.kept_rows - coalesce(plays_taken.taken_rows, 0)
            end as int64
        ) as waiting_rows
    from totals
    left join plays_taken
        on
            totals.system = plays_taken.system
            and totals.table_name = plays_taken.table_name
)

select * from final
