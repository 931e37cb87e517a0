{%- set window = {'field': 'view_date', 'after': overlap_days()} -%}

{{ config(tags=['by_chunk'], **table_design(
    partition='view_date',
    cluster=['content_id', 'uno'],
    require_filter=true,
    window=window
)) }}

with

viewing_logs_judged as (
    select * from {{ ref('int_restricted__viewing_logs_judged') }}
),

resent_viewing_logs as (
    select * from {{ ref('int_restricted__resent_viewing_logs') }}
),

sound as (
    select * from viewing_logs_judged
    where
        quarantine_reason is null
        and {{ arrived_for_window('ingest_date', window, context=overlap_days()) }}
        and {{ started_in_window('started_at', window, context=overlap_days()) }}
),

resent as (
    select * from resent_viewing_logs
    where {{ started_in_window('started_at', window, context=overlap_days()) }}
),

kept as (
    select
        sound.log_id,
        sound.uno,
        sound.profile_id,
        sound.device_id,
        sound.device_type,
        sound.app_version,
        sound.content_id,
        sound.charge_type,
        sound.started_at,
        sound.ended_at,
        sound.play_seconds
    from sound
    left join resent on sound.log_id = resent.log_id
    where resent.log_id is null
    union all
    select
        log_id,
        uno,
        profile_id,
        device_id,
        device_type,
        app_version,
        content_id,
        charge_type,
        started_at,
        ended_at,
        play_seconds
    from resent
    where outcome = 'kept'
),

-- the days before the window are read as context: their plays may cover those in it
covered as (
    select
        *,
        max(ended_at) over (
            partition by uno, profile_id, device_id
            order by started_at, ended_at, log_id
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from kept
),

measured as (
    select
        *,
        {{ kst_date('started_at') }} as view_date,
        {{ whole_seconds_between('started_at', 'ended_at') }} as interval_seconds,
        case
            when covered_until is null or covered_until <= started_at
                then {{ whole_seconds_between('started_at', 'ended_at') }}
            when covered_until >= ended_at then 0
            else {{ whole_seconds_between('covered_until', 'ended_at') }}
        end as uncovered_seconds
    from covered
),

final as (
    select
        log_id,
        uno,
        device_type,
        app_version,
        content_id,
        charge_type,
        started_at,
        ended_at,
        view_date,
        play_seconds as reported_seconds,
        interval_seconds,
        least(play_seconds, uncovered_seconds) as watched_seconds,
        least(play_seconds, interval_seconds) - least(play_seconds, uncovered_seconds)
            as overlap_seconds,
        play_seconds - least(play_seconds, interval_seconds) as excess_seconds
    from measured
    where {{ in_window('view_date', window) }}
)

select * from final
