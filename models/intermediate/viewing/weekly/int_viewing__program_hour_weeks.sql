{%- set window = {'field': 'week_start', 'grain': 'week', 'after': overlap_days()} -%}

{{ config(tags=['by_chunk'], **table_design(
    partition='week_start',
    cluster=['program_id'],
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

plays as (
    select
        {{ week_start('watched_plays.view_date') }} as week_start,
        contents.program_id,
        {{ days_between(
            week_start('watched_plays.view_date'), 'watched_plays.view_date'
        ) }} + 1 as weekday_number,
        {{ kst_hour('watched_plays.started_at') }} as start_hour,
        watched_plays.watched_seconds
    from watched_plays
    inner join contents on watched_plays.content_id = contents.content_id
),

final as (
    select
        week_start,
        program_id,
        weekday_number,
        start_hour,
        count(*) as views,
        cast(countif({{ is_valid_view('watched_seconds') }}) as int64) as valid_views,
        cast(sum(watched_seconds) as int64) as watched_seconds
    from plays
    group by week_start, program_id, weekday_number, start_hour
)

select * from final
