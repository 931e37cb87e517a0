{{ config(**table_design(cluster=['campaign_id'])) }}

with

push_candidates as (
    select * from {{ ref('int_restricted__push_candidates') }}
),

account_hashes as (
    select * from {{ ref('int_restricted__account_hashes') }}
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

-- account and campaign decide together, so that nobody is held out of all campaigns
drawn as (
    select
        push_candidates.*,
        account_hashes.hash_uno,
        {{ sha512_hex("account_hashes.hash_uno || push_candidates.campaign_id") }} as digest
    from push_candidates
    inner join account_hashes on push_candidates.uno = account_hashes.uno
),

final as (
    select
        {{ date_plus(last_closed_day(), 1) }} as push_date,
        drawn.hash_uno,
        drawn.segment_name,
        drawn.campaign_id,
        drawn.campaign_name,
        drawn.program_id,
        programs.program_title,
        drawn.scheduled_at,
        drawn.lifecycle,
        drawn.reason_code,
        drawn.recent_pushes,
        {{ hash_percent('drawn.digest') }} < coalesce(drawn.holdout_percent, 0)
            as is_held_out
    from drawn
    left join programs on drawn.program_id = programs.program_id
)

select * from final
