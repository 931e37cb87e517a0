{#
    Days whose end a spell covers: to its end, or to the end of `run_date` while it is
    open. So an open spell that started on `run_date` has 1.
#}
{% macro tenure_days(spells) -%}
    {{ days_between(
        spells ~ '.started_on',
        'case when ' ~ spells ~ '.is_past then ' ~ spells ~ '.ended_on else '
        ~ date_plus(last_closed_day(), 1) ~ ' end'
    ) }}
{%- endmacro %}
