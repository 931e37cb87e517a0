{%- set window = arrival_window() -%}

{{ config(**table_design(partition='ingest_date', cluster=['device_type'], window=window)) }}

with

quarantine_player as (
    select * from {{ ref('quarantine_player') }}
    where {{ in_window('ingest_date', window) }}
),

-- when somebody began to send what is refused; its other dates may be nonsense
dated as (
    select
        ingest_date,
        coalesce(device_type, 'UNKNOWN') as device_type,
        case
            when ingested_at is null then ingest_date else {{ kst_date('ingested_at') }}
        end as log_date,
        cast(coalesce({{ kst_hour('ingested_at') }}, 0) as int64) as hour_of_day
    from quarantine_player
),

final as (
    select
        ingest_date,
        log_date,
        device_type,
        hour_of_day,
        count(*) as quarantined_rows
    from dated
    group by ingest_date, log_date, device_type, hour_of_day
)

select * from final
