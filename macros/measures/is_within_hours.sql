{# Whether an instant lies in the hours that begin at another, the last one left out. #}
{% macro is_within_hours(instant, since, hours) -%}
    {{ instant }} >= {{ since }}
    and {{ micros_between(since, instant) }} < {{ hours }} * 3600000000
{%- endmacro %}
