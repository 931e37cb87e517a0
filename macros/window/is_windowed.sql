{#
    Whether this run computes a window of dates and not all: it adds to a table that is
    there, or it is a backfill.
#}
{% macro is_windowed() -%}
    {{ return(adds_to_table() or backfill_days() is not none) }}
{%- endmacro %}
