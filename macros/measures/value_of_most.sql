{#
    Of the rows of a group, the text with the greatest whole number, of equal ones the last
    by name; null where there is none. The number leads a text that `max` compares: a sort
    of each group would cost a multiple.
#}
{% macro value_of_most(text, number) -%}
    substr(max(lpad(cast({{ number }} as string), 12, '0') || {{ text }}), 13)
{%- endmacro %}
