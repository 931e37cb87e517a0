{%- set window = segment_window() -%}
{%- set context = var('segment_window_days') - 1 -%}
{%- set traits = ['genre_code', 'device_type_code', 'hour_of_day'] -%}

{{ config(**table_design(partition='as_of_date', cluster=['uno'], window=window)) }}

with

plays as (
    select * from {{ ref('int_restricted__plays') }}
    where {{ in_window('view_date', window, context=context) }} and watched_seconds > 0
),

-- texts become numbers in the same order: the greatest of numbers is found much faster
programs as (
    select
        program_id,
        genre,
        dense_rank() over (order by genre) as genre_code
    from {{ ref('int_content__programs') }}
    where genre is not null
),

genres as (
    select
        genre_code,
        genre
    from programs
    group by genre_code, genre
),

device_types as (
    select
        device_type,
        row_number() over (order by device_type) as device_type_code
    from {{ ref('int_restricted__plays') }}
    where {{ in_window('view_date', window, context=context) }}
    group by device_type
),

{{ snapshot_days(window) }},

{{ snapshot_sets() }},

described as (
    select
        snapshot_sets.first_date,
        snapshot_sets.last_date,
        plays.uno,
        programs.genre_code,
        device_types.device_type_code,
        {{ kst_hour('plays.started_at') }} as hour_of_day,
        plays.watched_seconds
    from plays
    inner join snapshot_sets on plays.view_date = snapshot_sets.view_date
    inner join device_types on plays.device_type = device_types.device_type
    left join programs on plays.program_id = programs.program_id
),

{% for trait in traits %}
    {{ seconds_by_date(trait) }},
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
                    cast(null as int64) as {{ column }},
                {% endif %}
            {% endfor %}
            sum(watched_seconds) as watched_seconds
        from {{ trait }}_seconds
        group by as_of_date, uno
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

gathered as (
    select
        as_of_date,
        uno,
        max(genre_code) as genre_code,
        max(device_type_code) as device_type_code,
        max(hour_of_day) as favourite_hour,
        cast(max(watched_seconds) as int64) as watched_seconds
    from favourites
    group by as_of_date, uno
),

final as (
    select
        gathered.as_of_date,
        gathered.uno,
        genres.genre as favourite_genre,
        device_types.device_type as favourite_device_type,
        gathered.favourite_hour,
        gathered.watched_seconds
    from gathered
    left join genres on gathered.genre_code = genres.genre_code
    inner join device_types on gathered.device_type_code = device_types.device_type_code
)

select * from final
