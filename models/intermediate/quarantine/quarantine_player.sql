{%- set window = arrival_window() -%}

{{ config(**table_design(
    partition='ingest_date',
    cluster=['quarantine_reason'],
    window=window
)) }}

with

viewing_logs_judged as (
    select * from {{ ref('int_restricted__viewing_logs_judged') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

refused as (
    select * from viewing_logs_judged
    where
        quarantine_reason is not null
        and {{ in_window('ingest_date', window) }}
),

final as (
    select
        'viewing_log' as table_name,
        refused.quarantine_reason,
        refused.log_id,
        account_hashes.hash_uno,
        refused.device_type,
        refused.app_version,
        refused.content_id,
        refused.charge_type,
        refused.started_at,
        refused.ended_at,
        refused.play_seconds,
        refused.ingested_at,
        refused.ingest_date
    from refused
    left join account_hashes on refused.uno = account_hashes.uno
)

select * from final
