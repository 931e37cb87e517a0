{#- up to the newest day, for duplicates are counted whatever the marts hold -#}
{%- set window = {'field': 'view_date', 'before': overlap_days(), 'of': 'arrival'} -%}

{{ config(**table_design(partition='view_date', cluster=['log_id'], window=window)) }}

with

-- two imports of the same rows: DuckDB would keep a CTE that is read twice, all columns
viewing_logs as (
    select log_id
    from {{ ref('stg_player__viewing_logs') }}
    where {{ arrived_for_window('ingest_date', window) }}
),

viewing_logs_judged as (
    select * from {{ ref('int_restricted__viewing_logs_judged') }}
    where
        quarantine_reason is null
        and {{ arrived_for_window('ingest_date', window) }}
),

resent as (
    select log_id
    from viewing_logs
    group by log_id
    having count(*) > 1
),

sound as (
    select viewing_logs_judged.*
    from viewing_logs_judged
    inner join resent on viewing_logs_judged.log_id = resent.log_id
),

ranked as (
    select
        *,
        count(*) over (partition by log_id) as copies,
        row_number() over (
            partition by log_id
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
    from sound
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
        {{ kst_date('started_at') }} as view_date,
        case when copy_number = 1 then 'kept' else 'duplicate' end as outcome
    from ranked
    where
        copies > 1
        and {{ in_window(kst_date('started_at'), window) }}
)

select * from final
