{#- what was first decides all weeks after it, so a backfill reaches the last closed day -#}
{%- set window = {'field': 'week_start', 'grain': 'week', 'until': 'run_date'} -%}

{{ config(**table_design(
    partition='week_start',
    cluster=['program_id', 'uno'],
    window=window
)) }}

with

viewing_weeks as (
    select * from {{ ref('int_restricted__viewing_weeks') }}
    where {{ in_window('week_start', window) }}
),

viewers as (
    select
        program_id,
        uno,
        min(week_start) as week_start
    from viewing_weeks
    where valid_views > 0
    group by program_id, uno
),

{% if adds_to_table() %}
    earlier as (
        select * from {{ this }}
        where week_start < date '{{ window_days(window)[0] }}'
    ),

    final as (
        select
            viewers.week_start,
            viewers.program_id,
            viewers.uno
        from viewers
        left join earlier
            on
                viewers.program_id = earlier.program_id
                and viewers.uno = earlier.uno
        where earlier.uno is null
    )
{% else %}
    final as (
        select
            week_start,
            program_id,
            uno
        from viewers
    )
{% endif %}

select * from final
