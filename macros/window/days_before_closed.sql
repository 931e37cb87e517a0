{# The date so many days before the last closed one, as a date expression. #}
{% macro days_before_closed(days) -%}
    {%- set closed = as_day(run_date(), 'run_date') -%}
    date '{{ closed - modules.datetime.timedelta(days=days) }}'
{%- endmacro %}
