{#
    Lower (`-`) or upper (`+`) 95 % bound of the difference of two shares, Newcombe's
    hybrid of their Wilson bounds: sound for small arms and shares near 0, where the
    usual interval is not.
#}
{% macro newcombe_bound(successes, trials, other_successes, other_trials, sign) -%}
    {%- set opposite = '+' if sign == '-' else '-' -%}
    {{ successes }} / nullif({{ trials }}, 0)
    - {{ other_successes }} / nullif({{ other_trials }}, 0)
    {{ sign }} sqrt(
        power(
            {{ successes }} / nullif({{ trials }}, 0)
            - {{ wilson_bound(successes, trials, sign) }}, 2
        )
        + power(
            {{ other_successes }} / nullif({{ other_trials }}, 0)
            - {{ wilson_bound(other_successes, other_trials, opposite) }}, 2
        )
    )
{%- endmacro %}
