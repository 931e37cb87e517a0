{#
    The one place where a raw row ends. Expects `quarantine_reason`, and `copy_number`
    counted among the rows of a key that have no reason, the row to keep first.
#}
{% macro row_outcome() -%}
    case
        when quarantine_reason is not null then 'quarantined'
        when copy_number = 1 then 'kept'
        else 'duplicate'
    end
{%- endmacro %}
