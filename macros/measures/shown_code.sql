{#
    A value of a coded column as it may be shown: one that does not look like a code may be
    anything, a person's name too, and is `(no code)`.
#}
{% macro shown_code(column) -%}
    case
        when {{ re_match(column, '[A-Za-z][A-Za-z_ -]{0,30}[0-9]{0,3}') }} then {{ column }}
        when {{ column }} is not null then '(no code)'
    end
{%- endmacro %}
