{#
    The places of the median among so many values in order: the middle one, or both where
    their number is even. Their average is the median.
#}
{% macro middle_places(places) -%}
    cast(floor(({{ places }} + 1) / 2) as int64), cast(ceil(({{ places }} + 1) / 2) as int64)
{%- endmacro %}
