{#
    Of the rows of a group, the number from 0 to 99,999 with the greatest whole number of
    another column, of equal ones the greatest; null where there is none. Both are packed
    into one that `max` compares: a sort of each group would cost a multiple.
#}
{% macro value_of_most(code, number) -%}
    mod(max({{ number }} * 100000 + {{ code }}), 100000)
{%- endmacro %}
