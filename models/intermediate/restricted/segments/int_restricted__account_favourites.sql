{%- set window = segment_window() -%}
{%- set traits = ['genre', 'device_type', 'hour_of_day'] -%}

{{ config(**table_design(partition='as_of_date', cluster=['uno'], window=window)) }}

with

plays as (
    select * from {{ ref('int_restricted__plays') }}
    where
        {{ in_window('view_date', window, context=var('segment_window_days') - 1) }}
        and watched_seconds > 0
),

programs as (
    select * from {{ ref('int_content__programs') }}
),

{{ snapshot_days(window) }},

described as (
    select
        plays.view_date,
        plays.uno,
        programs.genre,
        plays.device_type,
        lpad(cast({{ kst_hour('plays.started_at') }} as string), 2, '0') as hour_of_day,
        plays.watched_seconds
    from plays
    left join programs on plays.program_id = programs.program_id
),

{% for trait in traits %}
    {{ trait }}_seconds as (
        select
            snapshot_days.as_of_date,
            described.uno,
            described.{{ trait }},
            sum(described.watched_seconds) as watched_seconds
        from described
        inner join snapshot_days on described.view_date = snapshot_days.view_date
        group by snapshot_days.as_of_date, described.uno, described.{{ trait }}
    ),
{% endfor %}

favourites as (
    {% for trait in traits %}
        select
            as_of_date,
            uno,
            {% for column in traits %}
                {% if column == trait %}
                    {{ value_of_most(trait, 'watched_seconds') }} as {{ column }},
                {% else %}
                    cast(null as string) as {{ column }},
                {% endif %}
            {% endfor %}
            sum(watched_seconds) as watched_seconds
        from {{ trait }}_seconds
        group by as_of_date, uno
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        as_of_date,
        uno,
        max(genre) as favourite_genre,
        max(device_type) as favourite_device_type,
        cast(max(hour_of_day) as int64) as favourite_hour,
        cast(max(watched_seconds) as int64) as watched_seconds
    from favourites
    group by as_of_date, uno
)

select * from final
