{#
    Days from a spell's start to its end or, while it is open, to the last date on which
    every churn is known. Below 0 where the spell began after that, with a grace.
#}
{% macro lasted_days(spells) -%}
    {{ days_between(
        spells ~ '.started_on',
        'case when ' ~ spells ~ '.is_past then ' ~ spells ~ '.ended_on else '
        ~ date_plus(last_closed_day(), 0 - var('grace_days')) ~ ' end'
    ) }}
{%- endmacro %}
