{{ config(materialized='view') }}

{#- segment, lifecycles, whether the programme must be of the favourite genre, priority, why -#}
{%- set segments = [
    ('win_back', ['churned'], false, 1, 'WIN_BACK'),
    ('genre_fans', ['new', 'active', 'at_risk', 'dormant'], true, 2, 'FAVOURITE_GENRE'),
    ('weekend_pick', ['at_risk', 'dormant'], false, 3, 'WATCHES_LESS'),
    ('weekend_pick', ['new', 'active'], false, 4, 'POPULAR_PROGRAMME'),
] -%}

with

final as (
    {% for name, lifecycles, is_genre, priority, reason_code in segments %}
        {% set is_last_segment = loop.last %}
        {% for lifecycle in lifecycles %}
            select
                '{{ name }}' as segment_name,
                '{{ lifecycle }}' as lifecycle,
                {{ is_genre | lower }} as is_of_favourite_genre,
                {{ priority }} as priority,
                '{{ reason_code }}' as reason_code
            {{ 'union all' if not (loop.last and is_last_segment) }}
        {% endfor %}
    {% endfor %}
)

select * from final
