{#
    Whether a spell covers the end of a week, 24:00 of its Sunday in Korea, by the rule of
    the daily counts: one that ends in that very instant does, and ends on the Monday. Two
    comparisons, since DuckDB joins by anything else row by row.
#}
{% macro covers_week_end(spell, monday) -%}
    {{ spell }}.started_on < {{ date_plus(monday, 7) }}
    and {{ spell }}.covered_until >= {{ date_plus(monday, 7) }}
{%- endmacro %}
