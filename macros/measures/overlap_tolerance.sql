{#
    How far the share of time counted twice may lie above what is expected: a share that
    matters, and what chance adds where plays are few, which shrinks with the root of their
    number.
#}
{% macro overlap_tolerance(views) -%}
    {{ var('overlap_tolerance_share') }} + {{ var('overlap_noise') }} / sqrt({{ views }})
{%- endmacro %}
