{{ config(**table_design(partition='ingest_date', cluster=['quarantine_reason'])) }}

with

viewing_logs_judged as (
    select * from {{ ref('int_restricted__viewing_logs_judged') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

final as (
    select
        'viewing_log' as table_name,
        viewing_logs.quarantine_reason,
        viewing_logs.log_id,
        account_hashes.hash_uno,
        viewing_logs.device_type,
        viewing_logs.app_version,
        viewing_logs.content_id,
        viewing_logs.charge_type,
        viewing_logs.started_at,
        viewing_logs.ended_at,
        viewing_logs.play_seconds,
        viewing_logs.ingested_at,
        viewing_logs.ingest_date
    from viewing_logs_judged as viewing_logs
    left join account_hashes on viewing_logs.uno = account_hashes.uno
    where viewing_logs.outcome = 'quarantined'
)

select * from final
