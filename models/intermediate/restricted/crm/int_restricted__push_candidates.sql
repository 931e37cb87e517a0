{{ config(**table_design(cluster=['campaign_id', 'uno'])) }}

with

campaigns as (
    select * from {{ ref('int_restricted__push_campaigns_judged') }}
    where outcome = 'kept'
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

push_segments as (
    select * from {{ ref('int_restricted__push_segments') }}
),

account_snapshots as (
    select * from {{ ref('int_restricted__account_snapshots') }}
    where as_of_date = {{ last_closed_day() }}
),

allowed_accounts as (
    select * from {{ ref('int_restricted__push_allowed_accounts') }}
),

pushes as (
    select * from {{ ref('int_restricted__pushes') }}
),

-- today is the day after the last closed one
due_today as (
    select
        campaigns.campaign_id,
        campaigns.campaign_name,
        campaigns.program_id,
        campaigns.scheduled_at,
        campaigns.holdout_percent,
        programs.genre,
        push_segments.segment_name,
        push_segments.lifecycle,
        push_segments.is_of_favourite_genre,
        push_segments.priority,
        push_segments.reason_code
    from campaigns
    inner join push_segments on campaigns.segment_name = push_segments.segment_name
    left join programs on campaigns.program_id = programs.program_id
    where {{ days_between(last_closed_day(), kst_date('campaigns.scheduled_at')) }} = 1
),

matched as (
    select
        due_today.*,
        account_snapshots.uno,
        allowed_accounts.recent_pushes
    from account_snapshots
    inner join due_today on account_snapshots.lifecycle = due_today.lifecycle
    inner join allowed_accounts on account_snapshots.uno = allowed_accounts.uno
    where
        not due_today.is_of_favourite_genre
        or account_snapshots.favourite_genre = due_today.genre
),

-- whoever was sent the campaign, or held out of it, is done with it
fresh as (
    select matched.*
    from matched
    left join pushes
        on
            matched.campaign_id = pushes.campaign_id
            and matched.uno = pushes.uno
    where pushes.uno is null
),

final as (
    select
        uno,
        campaign_id,
        campaign_name,
        segment_name,
        program_id,
        scheduled_at,
        holdout_percent,
        lifecycle,
        reason_code,
        recent_pushes
    from fresh
    qualify
        row_number() over (
            partition by uno
            order by priority, scheduled_at, campaign_id
        ) = 1
)

select * from final
