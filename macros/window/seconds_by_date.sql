{#
    Two common table expressions over `described`, plays with the set of their day: what
    each account watched of each value of a trait, by set, and from that by as-of date.
#}
{% macro seconds_by_date(trait) -%}
{{ trait }}_sets as (
    select
        first_date,
        last_date,
        uno,
        {{ trait }},
        sum(watched_seconds) as watched_seconds
    from described
    group by first_date, last_date, uno, {{ trait }}
),

{{ trait }}_seconds as (
    select
        set_dates.as_of_date,
        {{ trait }}_sets.uno,
        {{ trait }}_sets.{{ trait }},
        cast(sum({{ trait }}_sets.watched_seconds) as int64) as watched_seconds
    from {{ trait }}_sets
    inner join set_dates
        on
            {{ trait }}_sets.first_date = set_dates.first_date
            and {{ trait }}_sets.last_date = set_dates.last_date
    group by set_dates.as_of_date, {{ trait }}_sets.uno, {{ trait }}_sets.{{ trait }}
)
{%- endmacro %}
