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
        logs.quarantine_reason,
        logs.log_id,
        account_hashes.hash_uno,
        logs.device_type,
        logs.app_version,
        logs.content_id,
        logs.charge_type,
        logs.started_at,
        logs.ended_at,
        logs.play_seconds,
        logs.ingested_at,
        logs.ingest_date,
    from viewing_logs_judged as logs
    left join account_hashes on logs.uno = account_hashes.uno
    where logs.outcome = 'quarantined'
)

select * from final
