{#
    How many days after a rewritten one may be expected otherwise: a day teaches so many
    days, of weekly events with the six after it, and by `viewing_overlap_daily` it decides
    which days of the history of that mart after it teach at all.
#}
{% macro completeness_after() -%}
    {{ return(
        var('completeness_reach_days') + 7 + var('overlap_history_days') + overlap_days()
    ) }}
{%- endmacro %}
