{%- set window = {'field': 'view_date', 'after': overlap_days()} -%}

{{ config(tags=['by_chunk'], **table_design(
    partition='view_date',
    cluster=['uno'],
    window=window
)) }}

with

watched_plays as (
    select * from {{ ref('int_restricted__watched_plays') }}
    where {{ in_window('view_date', window) }}
),

final as (
    select
        view_date,
        uno,
        cast(sum(watched_seconds) as int64) as watched_seconds,
        {{ is_valid_view('max(watched_seconds)') }} as has_valid_view
    from watched_plays
    group by view_date, uno
)

select * from final
