{#
    How many days before a day can hold plays that last into it: 1, since a play lasts
    `max_play_hours` at most, 24 by default. So many days more are read as context, and so
    many days after a rewritten one are rewritten too.
#}
{% macro overlap_days() -%}
    {{ return((var('max_play_hours') / 24) | round(0, 'ceil') | int) }}
{%- endmacro %}
