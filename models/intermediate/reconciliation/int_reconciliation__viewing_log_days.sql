{%- set window = arrival_window() -%}

{{ config(**table_design(partition='ingest_date', window=window)) }}

with

viewing_logs as (
    select * from {{ source('player', 'viewing_log') }}
    where {{ in_window('ingest_date', window) }}
),

viewing_logs_judged as (
    select * from {{ ref('int_restricted__viewing_logs_judged') }}
    where {{ in_window('ingest_date', window) }}
),

resent_viewing_logs as (
    select * from {{ ref('int_restricted__resent_viewing_logs') }}
    where {{ in_window('ingest_date', window) }}
),

raw_rows_counted as (
    select
        ingest_date,
        count(*) as raw_rows
    from viewing_logs
    group by ingest_date
),

judged_counted as (
    select
        ingest_date,
        countif(quarantine_reason is null) as sound_rows,
        countif(quarantine_reason is not null) as quarantined_rows
    from viewing_logs_judged
    group by ingest_date
),

duplicates_counted as (
    select
        ingest_date,
        countif(outcome = 'duplicate') as duplicate_rows
    from resent_viewing_logs
    group by ingest_date
),

final as (
    select
        raw_rows_counted.ingest_date,
        raw_rows_counted.raw_rows,
        cast(
            coalesce(judged_counted.sound_rows, 0)
            - coalesce(duplicates_counted.duplicate_rows, 0) as int64
        ) as kept_rows,
        cast(coalesce(duplicates_counted.duplicate_rows, 0) as int64) as duplicate_rows,
        cast(coalesce(judged_counted.quarantined_rows, 0) as int64) as quarantined_rows
    from raw_rows_counted
    left join judged_counted
        on raw_rows_counted.ingest_date = judged_counted.ingest_date
    left join duplicates_counted
        on raw_rows_counted.ingest_date = duplicates_counted.ingest_date
)

select * from final
