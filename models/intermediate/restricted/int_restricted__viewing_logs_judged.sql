{{ config(**table_design(partition='ingest_date', cluster=['outcome', 'log_id'])) }}

with

viewing_logs as (
    select * from {{ ref('stg_player__viewing_logs') }}
),

contents as (
    select * from {{ ref('int_content__contents') }}
),

reasoned as (
    select
        viewing_logs.*,
        case
            when
                viewing_logs.log_id is null
                or viewing_logs.uno is null
                or viewing_logs.profile_id is null
                or viewing_logs.device_id is null
                or viewing_logs.content_id is null
                or viewing_logs.started_at is null
                or viewing_logs.ended_at is null
                or viewing_logs.ingested_at is null
                then 'missing_key'
            when viewing_logs.ended_at < viewing_logs.started_at
                then 'end_before_start'
            when
                {{ micros_between('viewing_logs.started_at', 'viewing_logs.ended_at') }}
                > {{ var('max_play_hours') }} * 3600000000
                then 'too_long'
            when {{ is_in_the_future('viewing_logs.started_at', 'viewing_logs.ingested_at') }}
                then 'in_the_future'
            when {{ is_before_history('viewing_logs.started_at') }}
                then 'before_history'
            when
                viewing_logs.play_seconds is null
                or viewing_logs.play_seconds < 0
                or viewing_logs.play_seconds > {{ var('max_play_hours') }} * 3600
                then 'bad_play_seconds'
            when
                viewing_logs.charge_type is null
                or viewing_logs.charge_type not in ('FREE', 'SVOD', 'TVOD')
                then 'unknown_charge_type'
            when contents.content_id is null then 'unknown_content'
        end as quarantine_reason
    from viewing_logs
    left join contents on viewing_logs.content_id = contents.content_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by log_id, quarantine_reason
            order by
                ingested_at desc nulls last,
                uno desc nulls last,
                profile_id desc nulls last,
                device_id desc nulls last,
                device_type desc nulls last,
                app_version desc nulls last,
                content_id desc nulls last,
                charge_type desc nulls last,
                started_at desc nulls last,
                ended_at desc nulls last,
                play_seconds desc nulls last,
                ingest_date desc nulls last
        ) as copy_number
    from reasoned
),

final as (
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
        play_seconds,
        ingested_at,
        ingest_date,
        quarantine_reason,
        {{ row_outcome() }} as outcome
    from ranked
)

select * from final
