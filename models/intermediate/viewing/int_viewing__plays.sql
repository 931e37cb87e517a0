{{ config(**table_design(
    partition='view_date',
    cluster=['program_id', 'hash_uno'],
    require_filter=true
)) }}

with

watched_plays as (
    select * from {{ ref('int_restricted__watched_plays') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

contents as (
    select * from {{ ref('int_content__contents') }}
),

final as (
    select
        watched_plays.log_id,
        account_hashes.hash_uno,
        watched_plays.content_id,
        contents.program_id,
        contents.content_type,
        coalesce(watched_plays.device_type, 'UNKNOWN') as device_type,
        watched_plays.app_version,
        watched_plays.charge_type,
        watched_plays.started_at,
        watched_plays.ended_at,
        {{ kst_date('watched_plays.started_at') }} as view_date,
        watched_plays.reported_seconds,
        watched_plays.interval_seconds,
        watched_plays.watched_seconds,
        watched_plays.overlap_seconds,
        watched_plays.excess_seconds,
        watched_plays.watched_seconds >= {{ var('valid_view_seconds') }} as is_valid_view,
        coalesce(
            watched_plays.watched_seconds / nullif(contents.runtime_seconds, 0)
            >= {{ var('completed_view_share') }},
            false
        ) as is_completed_view
    from watched_plays
    inner join account_hashes on watched_plays.uno = account_hashes.uno
    inner join contents on watched_plays.content_id = contents.content_id
)

select * from final
