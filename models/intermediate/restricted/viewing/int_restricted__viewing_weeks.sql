{%- set window = {'field': 'week_start', 'grain': 'week', 'after': overlap_days()} -%}

{{ config(tags=['by_chunk'], **table_design(
    partition='week_start',
    cluster=['program_id', 'uno'],
    window=window
)) }}

with

watched_plays as (
    select * from {{ ref('int_restricted__watched_plays') }}
    where {{ in_window('view_date', window) }}
),

contents as (
    select * from {{ ref('int_content__contents') }}
),

on_devices as (
    select
        {{ week_start('watched_plays.view_date') }} as week_start,
        contents.program_id,
        watched_plays.uno,
        coalesce(watched_plays.device_type, 'UNKNOWN') as device_type,
        count(*) as views,
        countif({{ is_valid_view('watched_plays.watched_seconds') }}) as valid_views,
        countif(coalesce(contents.runtime_seconds > 0, false)) as completable_views,
        countif(
            {{ is_completed_view('watched_plays.watched_seconds', 'contents.runtime_seconds') }}
        ) as completed_views,
        sum(watched_plays.watched_seconds) as watched_seconds
    from watched_plays
    inner join contents on watched_plays.content_id = contents.content_id
    group by
        {{ week_start('watched_plays.view_date') }},
        contents.program_id,
        watched_plays.uno,
        coalesce(watched_plays.device_type, 'UNKNOWN')
),

final as (
    select
        week_start,
        program_id,
        uno,
        -- the greatest of seconds and name in one text: a window would sort every row
        substr(
            max(concat(lpad(cast(watched_seconds as string), 12, '0'), device_type)), 13
        ) as main_device_type,
        cast(sum(views) as int64) as views,
        cast(sum(valid_views) as int64) as valid_views,
        cast(sum(completable_views) as int64) as completable_views,
        cast(sum(completed_views) as int64) as completed_views,
        cast(sum(watched_seconds) as int64) as watched_seconds
    from on_devices
    group by week_start, program_id, uno
)

select * from final
