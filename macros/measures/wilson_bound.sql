{#
    Lower (`-`) or upper (`+`) 95 % bound of a share by Wilson's score: unlike the usual
    one it stays within 0 and 1, and has a width where nobody or everybody did it. Null
    without trials. 1.96 is the normal quantile of 97.5 %, 3.84 its square.
#}
{% macro wilson_bound(successes, trials, sign) -%}
    (
        {{ successes }} + 1.920729410347062e0
        {{ sign }} 1.959963984540054e0 * sqrt(
            {{ successes }} * ({{ trials }} - {{ successes }}) / nullif({{ trials }}, 0)
            + 0.960364705173531e0
        )
    ) / ({{ trials }} + 3.841458820694124e0)
{%- endmacro %}
