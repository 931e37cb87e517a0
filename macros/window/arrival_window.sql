{#
    The window of a table by arrival date: from the first date on which a row of the run's
    days, or of those read with them, can have arrived.
#}
{% macro arrival_window() -%}
    {{ return({'field': 'ingest_date', 'before': 1 + overlap_days(), 'of': 'arrival'}) }}
{%- endmacro %}
