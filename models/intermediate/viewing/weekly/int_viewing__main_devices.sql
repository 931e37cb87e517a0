{{ config(materialized='view') }}

with

program_days as (
    select * from {{ ref('int_viewing__program_days') }}
),

on_devices as (
    select
        {{ week_start('view_date') }} as week_start,
        program_id,
        device_type,
        sum(watched_seconds) as watched_seconds
    from program_days
    group by {{ week_start('view_date') }}, program_id, device_type
),

ranked as (
    select
        *,
        sum(watched_seconds) over (partition by week_start, program_id)
            as all_watched_seconds,
        row_number() over (
            partition by week_start, program_id
            order by watched_seconds desc, device_type asc
        ) as device_number
    from on_devices
),

final as (
    select
        week_start,
        program_id,
        device_type as main_device_type,
        watched_seconds / all_watched_seconds as main_device_share
    from ranked
    where device_number = 1 and watched_seconds > 0
)

select * from final
