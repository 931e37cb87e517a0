{%- set window = arrival_window() -%}

{{ config(**table_design(partition='ingest_date', window=window)) }}

with

viewing_logs as (
    select * from {{ ref('stg_player__viewing_logs') }}
    where {{ in_window('ingest_date', window) }}
),

final as (
    select
        ingest_date,
        {{ shown_code('device_type') }} as device_type,
        {{ shown_code('charge_type') }} as charge_type,
        count(*) as raw_rows
    from viewing_logs
    group by
        ingest_date,
        {{ shown_code('device_type') }},
        {{ shown_code('charge_type') }}
)

select * from final
