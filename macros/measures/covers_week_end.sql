{#
    Whether a spell covers the end of a week, 24:00 of its Sunday in Korea, by the rule of
    the daily counts: one that ends in that very instant does, and ends on the Monday; one
    that is not past covers every day up to the last closed one, no later one: another may
    begin as soon as it ends.
#}
{% macro covers_week_end(spell, monday) -%}
    {{ spell }}.started_on < {{ date_plus(monday, 7) }}
    and (
        {{ spell }}.ended_on >= {{ date_plus(monday, 7) }}
        or (not {{ spell }}.is_past and {{ date_plus(monday, 6) }} <= {{ last_closed_day() }})
    )
{%- endmacro %}
