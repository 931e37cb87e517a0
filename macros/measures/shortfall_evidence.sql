{#
    How strongly fewer rows than expected speak against chance: twice the logarithm of how
    much more likely so few are if the lower count were the rule. Rows come in clusters, of
    `rows_per_visit`, so each weighs that much less. 0 where nothing is expected.
#}
{% macro shortfall_evidence(found_rows, expected) -%}
    case
        when {{ expected }} <= 0 or {{ found_rows }} >= {{ expected }} then 0
        when {{ found_rows }} = 0 then 2 * {{ expected }} / {{ var('rows_per_visit') }}
        else
            2
            * (
                {{ found_rows }} * ln({{ found_rows }} / {{ expected }})
                - {{ found_rows }}
                + {{ expected }}
            )
            / {{ var('rows_per_visit') }}
    end
{%- endmacro %}
