{#- up to the day after the last closed one: its first rows tell until when rows came -#}
{%- set window = {'field': 'log_date', 'of': 'arrival'} -%}

{{ config(**table_design(partition='log_date', cluster=['device_type'], window=window)) }}

with

viewing_logs as (
    select
        device_type,
        started_at,
        ingested_at
    from {{ ref('stg_player__viewing_logs') }}
    where
        {{ arrived_for_window('ingest_date', window) }}
        and started_at is not null
        and ingested_at is not null
),

dated as (
    select
        {{ kst_date('started_at') }} as log_date,
        coalesce(device_type, 'UNKNOWN') as device_type,
        {{ hours_after('started_at', 'ingested_at') }} as hours_after
    from viewing_logs
    where {{ has_plausible_arrival('started_at', 'ingested_at') }}
),

final as (
    select
        log_date,
        device_type,
        hours_after,
        count(*) as arrived_rows
    from dated
    where {{ in_window('log_date', window) }}
    group by log_date, device_type, hours_after
)

select * from final
