{{ config(**table_design(cluster=['source', 'column_name'])) }}

with

code_days as (
    select * from {{ ref('int_data_quality__code_days') }}
),

known_codes as (
    select * from {{ ref('known_codes') }}
),

seen as (
    select
        source,
        column_name,
        code,
        min(ingest_date) as first_seen_date,
        max(ingest_date) as last_seen_date,
        count(*) as seen_days,
        cast(sum(raw_rows) as int64) as raw_rows
    from code_days
    group by source, column_name, code
),

final as (
    select
        seen.source,
        seen.column_name,
        seen.code,
        known_codes.code is not null as is_known,
        seen.first_seen_date,
        seen.last_seen_date,
        seen.seen_days,
        seen.raw_rows
    from seen
    left join known_codes
        on
            seen.source = known_codes.source
            and seen.column_name = known_codes.column_name
            and seen.code = known_codes.code
)

select * from final
